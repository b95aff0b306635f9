/**
 * What is said to the model and how its replies are read: versioned prompts, the frame around text that is not to be
 * trusted, and the parsers of verdicts and of new instructions. Nothing here calls a model.
 */
@NullMarked
package dev.lion.teacher.prompt;

import org.jspecify.annotations.NullMarked;
