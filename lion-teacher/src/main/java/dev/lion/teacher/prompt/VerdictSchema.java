package dev.lion.teacher.prompt;

import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import java.util.List;

/**
 * The JSON schema of a verdict. It is the same for every message, so that a provider that prepares a schema does so once: the
 * mark of the message is in the message.
 */
public final class VerdictSchema {
    private VerdictSchema() {}

    /** What is sent with a request to a model that supports schemas. */
    public static ResponseFormat of(Scale scale) {
        return ResponseFormat.builder()
                .type(ResponseFormatType.JSON)
                .jsonSchema(JsonSchema.builder()
                        .name("verdict")
                        .rootElement(scale instanceof Scale.Points ? points() : preference())
                        .build())
                .build();
    }

    private static JsonObjectSchema points() {
        return begin().addNumberProperty(JsonVerdict.FIRST)
                .addNumberProperty(JsonVerdict.SECOND)
                .required(JsonVerdict.MARK, JsonVerdict.EVIDENCE, JsonVerdict.FIRST, JsonVerdict.SECOND)
                .build();
    }

    private static JsonObjectSchema preference() {
        return begin().addEnumProperty(JsonVerdict.BETTER, List.of("1", "2", "tie"))
                .required(JsonVerdict.MARK, JsonVerdict.EVIDENCE, JsonVerdict.BETTER)
                .build();
    }

    private static JsonObjectSchema.Builder begin() {
        return JsonObjectSchema.builder()
                .addStringProperty(JsonVerdict.MARK)
                .addStringProperty(JsonVerdict.EVIDENCE)
                .additionalProperties(false);
    }
}
