/**
 * A student behind a port of this machine, in the protocol of OpenAI's chat completions, so that any client can try it. No
 * LangChain4j here, and nothing but the JDK's own HTTP server. {@link dev.lion.student.serving.StudentServer} is where to start.
 */
@NullMarked
package dev.lion.student.serving;

import org.jspecify.annotations.NullMarked;
