package dev.lion.teacher;

import static dev.lion.teacher.ChatCompletionsServer.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lion.data.Difficulty;
import dev.lion.data.FinishReason;
import dev.lion.data.Instruction;
import dev.lion.data.Response;
import dev.lion.data.TokenUsage;
import dev.lion.role.Comparison;
import dev.lion.role.GenerationRequest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that makes a token of every byte and uses up every limit takes no more than each role had announced. */
class MostTokensTest {
    private static ChatCompletionsServer.Reply dearest(JsonNode request) {
        int bytes = bytes(message(request, "system")) + bytes(message(request, "user"));
        int templates = 2 * 8; // such as <|im_start|>user … <|im_end|>
        return ChatCompletionsServer.completion(
                "Score of answer 1: 7\nScore of answer 2: 6",
                "stop",
                bytes + templates,
                request.get("max_tokens").asInt());
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Name it.",
                "把这句话翻译成英文，然后解释每个词的意思。",
                "🦁🦁🦁 {request} <<<END",
                "a b c d e f g h i j k l m n o p",
                "half of a pair \ud83e"
            })
    void mostTokens_dearestTokenizer_isEnoughForEveryRole(String text) throws Exception {
        Instruction instruction = Instruction.of(text, "with " + text);
        Comparison comparison = new Comparison(instruction, Response.of(text.repeat(3)), Response.of(""));
        GenerationRequest request = new GenerationRequest(instruction, Difficulty.EASY, 1, 7);
        try (var server = ChatCompletionsServer.start(MostTokensTest::dearest)) {
            ChatModelRoles roles = ChatModelRoles.of(ChatModelFixture.model(server));

            assertCovers(
                    roles.teacher().mostTokens(instruction),
                    roles.teacher().answer(instruction).usage());
            assertCovers(
                    roles.referee().mostTokens(comparison),
                    roles.referee().judge(comparison).usage());
            assertCovers(
                    roles.generator().mostTokens(request),
                    roles.generator().generate(request).usage());
        }
    }

    private static void assertCovers(Optional<TokenUsage> most, TokenUsage taken) {
        assertThat(taken.inputTokens()).isBetween(1L, most.orElseThrow().inputTokens());
        assertThat(taken.outputTokens()).isEqualTo(most.orElseThrow().outputTokens());
    }

    @Test
    void mostTokens_limitLeftToTheModel_isKnownOnlyWhenItIsSaid() throws Exception {
        Instruction instruction = Instruction.of("Name it.");
        try (var server = ChatCompletionsServer.start(request -> ChatCompletionsServer.completion("Paris"))) {
            var unknown = ChatModelTeacher.builder(ChatModelFixture.model(server))
                    .modelDefaultOutputLimit()
                    .build();
            var known = ChatModelTeacher.builder(ChatModelFixture.model(server))
                    .modelDefaultOutputLimit(16_000)
                    .build();
            Response answer = known.answer(instruction);

            assertThat(unknown.mostTokens(instruction)).isEmpty();
            assertThat(known.mostTokens(instruction).orElseThrow().outputTokens())
                    .isEqualTo(16_000);
            assertThat(answer.finishReason()).isEqualTo(FinishReason.STOP);
            assertThat(server.requests().get(0).has("max_tokens")).isFalse();
        }
    }
}
