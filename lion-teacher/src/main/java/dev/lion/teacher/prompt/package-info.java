/**
 * What is said to the model and how its replies are read: versioned prompts, the frame around text that is not to be
 * trusted, and the parsers of verdicts and of new instructions. Nothing here calls a model. {@link
 * dev.lion.teacher.prompt.PromptSet} holds the prompts, which a file or a text of your own may replace.
 */
@NullMarked
package dev.lion.teacher.prompt;

import org.jspecify.annotations.NullMarked;
