/** From conversations to tokens: prompt formats, the chat templates of models, and what of a text is learnt. */
@NullMarked
package dev.lion.student.prompt;

import org.jspecify.annotations.NullMarked;
