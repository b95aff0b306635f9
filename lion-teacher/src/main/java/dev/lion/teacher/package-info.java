/**
 * Teacher, referee and generator over any LangChain4j {@link dev.langchain4j.model.chat.ChatModel}.
 *
 * <p>{@link dev.lion.teacher.ChatModelRoles#of ChatModelRoles.of(model)} makes all three from one model, and puts a {@link
 * dev.lion.teacher.chat.DependableChatModel} between, which paces them together and repeats what is known not to have been
 * charged. A role built by itself sends one request for each call, a referee one for each sample, and repeats none. Set the
 * provider's own {@code maxRetries} to 0, so that what the loop counts and pays for is what was really sent.
 *
 * <p>Failures that may pass arrive as {@link dev.lion.role.RetryableRoleException}, those that every call would meet, such as a
 * refused key, as {@link dev.lion.teacher.UnusableModelException}, others as {@link dev.lion.teacher.ChatModelException}.
 * lion's own exceptions pass through; an interrupt arrives as an {@link InterruptedException}.
 *
 * <p>Two dependencies are optional: {@code org.xerial:sqlite-jdbc} for the cache of replies, and {@code
 * dev.langchain4j:langchain4j-http-client-jdk}, which most providers' modules bring, for the client that reads limits.
 */
@NullMarked
package dev.lion.teacher;

import org.jspecify.annotations.NullMarked;
