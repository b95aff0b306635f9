package dev.lion.student.serving;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Fields whose effect a student lacks: with a value that asks for it, a request is refused rather than half understood. */
final class Unsupported {
    private static final String NO_TOOLS = "is not supported: a student calls no tools";

    private Unsupported() {}

    static void requireNone(Fields body) {
        body.integer("n", 1, Integer.MAX_VALUE).ifPresent(n -> refuse(n > 1, "n", "must be 1: one answer a request"));
        for (String tools : List.of("tools", "functions")) {
            body.filled(tools).ifPresent(value -> refuse(true, tools, NO_TOOLS));
        }
        for (String choice : List.of("tool_choice", "function_call")) {
            body.any(choice).ifPresent(value -> refuse(!isWord(value, "none", "auto"), choice, NO_TOOLS));
        }
        body.any("response_format")
                .ifPresent(value -> refuse(
                        !isWord(value.path("type"), "text"),
                        "response_format",
                        "must be of the type text: a student" + " writes JSON only if it learnt to"));
        for (String penalty : List.of("frequency_penalty", "presence_penalty")) {
            body.number(penalty, -2, 2)
                    .ifPresent(value ->
                            refuse(value != 0, penalty, "is not supported; repetition_penalty is, as vLLM has it"));
        }
        refuse(body.flag("logprobs"), "logprobs", "is not supported");
        body.integer("top_logprobs", 0, Integer.MAX_VALUE)
                .ifPresent(value -> refuse(value > 0, "top_logprobs", "is not supported"));
        body.filled("logit_bias").ifPresent(value -> refuse(true, "logit_bias", "is not supported"));
        body.any("audio").ifPresent(value -> refuse(true, "audio", "is not supported: a student writes text"));
    }

    private static boolean isWord(JsonNode value, String... words) {
        return value.isTextual() && List.of(words).contains(value.textValue());
    }

    private static void refuse(boolean asked, String field, String fault) {
        if (asked) {
            throw RefusedException.unsupported(field, fault);
        }
    }
}
