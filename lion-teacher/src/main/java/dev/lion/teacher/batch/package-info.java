/**
 * Teacher and referee over providers' batch endpoints, {@link dev.langchain4j.model.chat.BatchChatModel}: hundreds of requests
 * at once, answered within hours, at half the price.
 */
@NullMarked
package dev.lion.teacher.batch;

import org.jspecify.annotations.NullMarked;
