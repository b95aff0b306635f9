/**
 * The student as a chat model of LangChain4j: what called a big model calls the student instead. Needs {@code
 * langchain4j-core}, which is on the class path of whoever has a use for it; the rest of lion-student does not.
 */
@NullMarked
package dev.lion.student.chat;

import org.jspecify.annotations.NullMarked;
