/**
 * Teacher and referee over providers' batch endpoints, {@link dev.langchain4j.model.chat.BatchChatModel}: hundreds of requests
 * at once, answered within hours, at half the price.
 *
 * <p>An application gives its batch model to {@code batches(…)} of {@link dev.lion.teacher.ChatModelTeacher.Builder} and {@link
 * dev.lion.teacher.ChatModelReferee.Builder}; {@link dev.lion.teacher.batch.BatchTerms} says what the provider accepts.
 */
@NullMarked
package dev.lion.teacher.batch;

import org.jspecify.annotations.NullMarked;
