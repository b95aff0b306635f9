package dev.lion.teacher.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.UnresolvedModelServerException;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CircuitChatModelTest {
    private static final String KEY = "sk-proj-4f9AbC77xyz1234";

    private static RuntimeException refusedKey(int status) {
        return new AuthenticationException("Incorrect API key: " + KEY, new HttpException(status, KEY));
    }

    /** Fails at its first call, and answers from then on. */
    private static ModelFake failingOnce(RuntimeException failure) {
        return new ModelFake(call -> {
            if (call == 1) {
                throw failure;
            }
            return "Paris";
        });
    }

    private static ChatRequest request(String modelName) {
        return ChatRequest.builder()
                .messages(UserMessage.from("Name a city."))
                .modelName(modelName)
                .build();
    }

    static Stream<RuntimeException> finalFailures() {
        return Stream.of(
                refusedKey(401),
                refusedKey(403),
                new RateLimitException(new HttpException(429, "{\"error\":{\"code\":\"insufficient_quota\"}}")),
                new InvalidRequestException(new HttpException(402, "pay")),
                new ModelNotFoundException(new HttpException(404, "no such model")));
    }

    @ParameterizedTest
    @MethodSource("finalFailures")
    void chat_afterAFinalFailure_sendsNothingAndFailsAlike(RuntimeException failure) {
        ModelFake inner = failingOnce(failure);
        CircuitChatModel model = new CircuitChatModel(inner);
        assertThatThrownBy(() -> model.chat(ModelFake.REQUEST)).isSameAs(failure);
        Throwable second = catchThrowable(() -> model.chat(ModelFake.REQUEST));

        assertThat(second)
                .isExactlyInstanceOf(failure.getClass())
                .hasMessageStartingWith("not sent: ")
                .hasMessageContaining("check")
                .hasCauseInstanceOf(UnsentCallException.class)
                .hasStackTraceContaining("an earlier call was refused: ")
                .message()
                .doesNotContain(KEY);
        assertThat(CallFailure.of(second)).isEqualTo(CallFailure.of(failure));
        assertThat(inner.calls()).isOne();
        assertThat(model.unsent()).isOne();
    }

    @Test
    void chat_otherFailures_leaveItOpenForCalls() {
        for (RuntimeException failure : List.of(
                new RateLimitException("slow down"),
                new InternalServerException("oops"),
                new InvalidRequestException("too long"),
                new UnresolvedModelServerException("no network"))) {
            CircuitChatModel model = new CircuitChatModel(failingOnce(failure));
            assertThatThrownBy(() -> model.chat(ModelFake.REQUEST)).isSameAs(failure);
            assertThat(model.chat(ModelFake.REQUEST).aiMessage().text()).isEqualTo("Paris");
        }
    }

    @Test
    void chat_unknownModel_concernsThatNameOnly() {
        CircuitChatModel model =
                new CircuitChatModel(failingOnce(new ModelNotFoundException(new HttpException(404, "no such model"))));
        assertThatThrownBy(() -> model.chat(request("gone"))).hasMessage("no such model");

        assertThat(model.chat(request("there")).aiMessage().text()).isEqualTo("Paris");
        assertThatThrownBy(() -> model.chat(request("gone"))).hasMessageContaining("knows no model gone");
    }

    @Test
    void reset_afterARefusal_sendsAgain() {
        CircuitChatModel model = new CircuitChatModel(failingOnce(refusedKey(401)));
        assertThatThrownBy(() -> model.chat(ModelFake.REQUEST)).isInstanceOf(AuthenticationException.class);
        model.reset();
        assertThat(model.chat(ModelFake.REQUEST).aiMessage().text()).isEqualTo("Paris");
    }
}
