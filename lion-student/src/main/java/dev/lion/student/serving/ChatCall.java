package dev.lion.student.serving;

import dev.lion.student.decoding.DecodingConfig;
import dev.lion.student.prompt.Message;
import java.util.List;

/**
 * A request for an answer, as it is understood.
 *
 * @param messages what is asked, the last one the user's
 * @param decoding how it is to be answered
 * @param seed where its random choices come from
 * @param streamed whether the answer is sent as it is written
 * @param usageWanted whether a streamed answer ends with the numbers of its tokens
 */
record ChatCall(List<Message> messages, DecodingConfig decoding, long seed, boolean streamed, boolean usageWanted) {
    ChatCall {
        messages = List.copyOf(messages);
    }
}
