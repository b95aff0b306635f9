package dev.lion.teacher.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.anthropic.AnthropicChatRequestParameters;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.request.json.JsonNumberSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.lion.teacher.chat.RequestForm.UndescribableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RequestFormTest {
    private static String form(Object parameters) {
        try {
            return RequestForm.text(RequestForm.parameters(parameters));
        } catch (UndescribableException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void parameters_nothingSet_isEmpty() {
        assertThat(form(ChatRequestParameters.builder().build())).isEqualTo("{}");
        assertThat(form(OpenAiChatRequestParameters.builder().build())).isEqualTo("{}");
    }

    @Test
    void parameters_everyProvidersOwn_areToldApart() {
        Stream<ChatRequestParameters> all = Stream.of(
                ChatRequestParameters.builder().temperature(0.7).build(),
                ChatRequestParameters.builder().topP(0.7).build(),
                ChatRequestParameters.builder().maxOutputTokens(7).build(),
                ChatRequestParameters.builder().toolChoice(ToolChoice.AUTO).build(),
                ChatRequestParameters.builder()
                        .responseFormat(ResponseFormat.JSON)
                        .build(),
                ChatRequestParameters.builder()
                        .responseFormat(schema(new JsonNumberSchema()))
                        .build(),
                ChatRequestParameters.builder()
                        .responseFormat(schema(new JsonStringSchema()))
                        .build(),
                ChatRequestParameters.builder().toolSpecifications(tool("a")).build(),
                ChatRequestParameters.builder().toolSpecifications(tool("b")).build(),
                OpenAiChatRequestParameters.builder().seed(1).build(),
                OpenAiChatRequestParameters.builder().seed(2).build(),
                OpenAiChatRequestParameters.builder().reasoningEffort("low").build(),
                OpenAiChatRequestParameters.builder()
                        .customParameters(Map.of("min_p", 0.1))
                        .build(),
                AnthropicChatRequestParameters.builder().thinkingBudgetTokens(7).build());
        assertThat(all.map(RequestFormTest::form)).doesNotHaveDuplicates();
    }

    @Test
    void parameters_mapsInAnyOrder_areTheSame() {
        Map<String, Integer> one = new LinkedHashMap<>();
        one.put("a", 1);
        one.put("b", 2);
        Map<String, Integer> other = new LinkedHashMap<>();
        other.put("b", 2);
        other.put("a", 1);
        assertThat(form(OpenAiChatRequestParameters.builder().logitBias(one).build()))
                .isEqualTo(form(
                        OpenAiChatRequestParameters.builder().logitBias(other).build()))
                .isEqualTo("{\"logitBias\":{\"a\":1,\"b\":2}}");
    }

    @Test
    void parameters_valuesOfManyKinds_areWritten() {
        record Own(Duration time, Optional<String> some, Optional<String> none, Object numbers, Set<String> names) {}
        assertThat(form(new Own(
                        Duration.ofSeconds(3),
                        Optional.of("x"),
                        Optional.empty(),
                        new int[] {1, 2},
                        Set.of("c", "a", "b"))))
                .isEqualTo("{\"names\":[\"a\",\"b\",\"c\"],\"numbers\":[1,2],\"some\":\"x\",\"time\":\"PT3S\"}");
    }

    @Test
    void parameters_whatHasNoContents_isRefused() {
        record Own(Object value) {}
        Runnable lambda = () -> {};
        List<Object> cycle = new ArrayList<>();
        cycle.add(cycle);
        assertThatThrownBy(() -> RequestForm.parameters(new Own(lambda))).isInstanceOf(UndescribableException.class);
        assertThatThrownBy(() -> RequestForm.parameters(new Own(cycle))).isInstanceOf(UndescribableException.class);
    }

    private static ToolSpecification tool(String name) {
        return ToolSpecification.builder()
                .name(name)
                .parameters(JsonObjectSchema.builder().addStringProperty("p").build())
                .build();
    }

    private static ResponseFormat schema(JsonSchemaElement property) {
        return ResponseFormat.builder()
                .type(ResponseFormatType.JSON)
                .jsonSchema(JsonSchema.builder()
                        .name("s")
                        .rootElement(JsonObjectSchema.builder()
                                .addProperty("p", property)
                                .build())
                        .build())
                .build();
    }
}
