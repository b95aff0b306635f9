package dev.lion.teacher.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.batch.BatchError;
import dev.lion.teacher.chat.CallFailure;
import dev.lion.teacher.chat.CallFailure.Reason;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ItemFailureTest {
    @ParameterizedTest
    @CsvSource({
        "429, RATE_LIMITED",
        "400, INVALID_REQUEST",
        "503, SERVER_ERROR", // HTTP
        "8, RATE_LIMITED",
        "3, INVALID_REQUEST",
        "14, SERVER_ERROR",
        "16, AUTHENTICATION" // google.rpc
    })
    void exception_code_meansWhatItMeansInASingleCall(int code, Reason reason) {
        var exception = ItemFailure.exception(new BatchError(code, "it went wrong", List.of()))
                .orElseThrow();
        assertThat(CallFailure.of(exception).reason()).isEqualTo(reason);
    }

    @Test
    void exception_nameOfAnError_meansWhatItMeansInASingleCall() {
        var error = new BatchError(0, "Overloaded", List.of(Map.of("type", "overloaded_error")));
        assertThat(CallFailure.of(ItemFailure.exception(error).orElseThrow()).reason())
                .isEqualTo(Reason.SERVER_ERROR);
        assertThat(ItemFailure.isUnbilled(error)).isTrue();
    }

    @Test
    void exception_nothingKnown_isNone() {
        var error = new BatchError(0, "something else", null);
        assertThat(ItemFailure.exception(error)).isEmpty();
        assertThat(ItemFailure.isUnbilled(error)).isFalse();
    }
}
