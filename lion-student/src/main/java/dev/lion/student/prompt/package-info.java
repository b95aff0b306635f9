/**
 * From conversations to tokens: prompt formats, the chat templates of models, and what of a text is learnt.
 *
 * <p>{@link dev.lion.student.prompt.PromptFormat} is what an application may choose; by default a student is asked as its folder
 * says. {@link dev.lion.student.prompt.InstructionFormat} is the paper's or your own, {@link
 * dev.lion.student.prompt.ChatTemplate} a model's, in Jinja.
 */
@NullMarked
package dev.lion.student.prompt;

import org.jspecify.annotations.NullMarked;
