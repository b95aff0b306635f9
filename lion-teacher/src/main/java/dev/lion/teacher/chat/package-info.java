/**
 * Decorators of LangChain4j's {@link dev.langchain4j.model.chat.ChatModel}, each for one concern and usable by any
 * application. Each hands a request to the model it wraps through that model's own {@code chat}, so that the listeners of
 * the innermost model fire exactly once for every real call, and throws what that model throws unless it says otherwise.
 *
 * <p>Begin with {@link dev.lion.teacher.chat.DependableChatModel}, which puts the decorators together. {@link
 * dev.lion.teacher.chat.ProviderLimits} reads what a provider says of its limits, {@link dev.lion.teacher.chat.CallFailure} tells
 * what an exception of a model means.
 */
@NullMarked
package dev.lion.teacher.chat;

import org.jspecify.annotations.NullMarked;
