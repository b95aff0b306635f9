/**
 * Teacher, referee and generator over any LangChain4j {@link dev.langchain4j.model.chat.ChatModel}.
 *
 * <p>{@link dev.lion.teacher.ChatModelRoles#of ChatModelRoles.of(model)} makes all three from one model. Every role sends
 * one request for one call and never repeats it: set the provider's own {@code maxRetries} to 0, so that what the loop
 * counts and waits for is what was really sent. Failures that may pass arrive as {@link
 * dev.lion.role.RetryableRoleException}, all others as {@link dev.lion.teacher.ChatModelException}.
 */
@NullMarked
package dev.lion.teacher;

import org.jspecify.annotations.NullMarked;
