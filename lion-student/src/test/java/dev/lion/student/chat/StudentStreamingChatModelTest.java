package dev.lion.student.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.lion.student.LoadedStudent;
import dev.lion.student.UntrainedStudent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One row and one waiting request: whoever keeps the row keeps all others from being answered. */
class StudentStreamingChatModelTest {
    @TempDir
    private Path temp;

    private LoadedStudent student;
    private StudentStreamingChatModel model;

    @BeforeEach
    void load() throws IOException {
        student = UntrainedStudent.load(UntrainedStudent.write(temp), 1, 1);
        model = StudentStreamingChatModel.builder().student(student).build();
    }

    @AfterEach
    void free() {
        model.close();
        student.close();
    }

    /** Notes what it is told. */
    private static final class Notes implements StreamingChatResponseHandler {
        private final Consumer<PartialResponseContext> onPartial;
        private final List<String> texts = new CopyOnWriteArrayList<>();
        private final List<Throwable> errors = new CopyOnWriteArrayList<>();
        private final CompletableFuture<ChatResponse> complete = new CompletableFuture<>();
        private final CompletableFuture<Throwable> failed = new CompletableFuture<>();

        Notes(Consumer<PartialResponseContext> onPartial) {
            this.onPartial = onPartial;
        }

        @Override
        public void onPartialResponse(PartialResponse partial, PartialResponseContext context) {
            texts.add(partial.text());
            onPartial.accept(context);
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            complete.complete(response);
        }

        @Override
        public void onError(Throwable error) {
            errors.add(error);
            failed.complete(error);
        }
    }

    private Notes ask(int tokens, Consumer<PartialResponseContext> onPartial) {
        var notes = new Notes(onPartial);
        var request = ChatRequest.builder()
                .messages(UserMessage.from("a question"))
                .maxOutputTokens(tokens)
                .build();
        model.chat(request, notes);
        return notes;
    }

    private void assertPlaceIsFree() throws Exception {
        assertThat(ask(3, context -> {}).complete.get().aiMessage().text()).isNotNull();
    }

    @Test
    void chat_answer_isThePiecesTogether() throws Exception {
        Notes notes = ask(40, context -> {});

        assertThat(notes.complete.get().aiMessage().text()).isEqualTo(String.join("", notes.texts));
        assertThat(notes.texts).hasSizeGreaterThan(5);
        assertThat(notes.errors).isEmpty();
    }

    @Test
    void chat_handlerThatDoesNotReturn_keepsNobodyElseWaiting() throws Exception {
        var release = new CountDownLatch(1);
        Notes stuck = ask(40, context -> join(release));
        assertPlaceIsFree();
        assertThat(stuck.texts).hasSizeLessThan(2);
        release.countDown();

        assertThat(stuck.complete.get().aiMessage().text()).isEqualTo(String.join("", stuck.texts));
    }

    private static void join(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void cancel_inTheMiddle_freesThePlaceAndTellsNothingMore() throws Exception {
        Notes cancelled = ask(
                UntrainedStudent.CONTEXT, context -> context.streamingHandle().cancel());
        assertPlaceIsFree();

        assertThat(cancelled.texts).hasSize(1);
        assertThat(cancelled.errors).isEmpty();
        assertThat(cancelled.complete).isNotDone();
    }

    @Test
    void chat_handlerFailsWithAnError_freesThePlace() throws Exception {
        ask(UntrainedStudent.CONTEXT, context -> {
            throw new StackOverflowError("of the handler's own");
        });

        assertPlaceIsFree();
    }

    @Test
    void chat_handlerInterruptsItsThread_endsWithOneError() throws Exception {
        Notes notes =
                ask(UntrainedStudent.CONTEXT, context -> Thread.currentThread().interrupt());

        assertThat(notes.failed.get()).hasMessageContaining("interrupted");
        assertPlaceIsFree();
        assertThat(notes.errors).hasSize(1);
    }

    @Test
    void close_answersUnderWayAndWaiting_areToldOnce() throws Exception {
        var begun = new CountDownLatch(1);
        Notes written = ask(UntrainedStudent.CONTEXT, context -> begun.countDown());
        begun.await();
        Notes waiting = ask(3, context -> {});
        model.close();

        for (Notes notes : List.of(written, waiting, ask(3, context -> {}))) {
            assertThat(notes.failed.get())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
            assertThat(notes.errors).hasSize(1);
            assertThat(notes.complete).isNotDone();
        }
    }

    @Test
    void chat_promptTooLong_isToldToTheHandler() throws Exception {
        var notes = new Notes(context -> {});
        model.chat("x".repeat(UntrainedStudent.CONTEXT), notes);

        assertThat(notes.failed.get()).isInstanceOf(InvalidRequestException.class);
        assertPlaceIsFree();
    }
}
