package dev.lion.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.model.batch.BatchPage;
import dev.langchain4j.model.batch.BatchPagination;
import dev.langchain4j.model.batch.BatchRequest;
import dev.langchain4j.model.batch.BatchResponse;
import dev.langchain4j.model.chat.BatchChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.lion.loop.AdversarialLoop;
import dev.lion.teacher.ChatModelReferee;
import dev.lion.teacher.ChatModelTeacher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class ProviderBatchOptionsTest {
    /** Takes nothing: it is only there to be given to roles. */
    private static final BatchChatModel NOBODY = new BatchChatModel() {
        @Override
        public BatchResponse<ChatResponse> submit(BatchRequest<ChatRequest> request) {
            throw new AssertionError("nothing is submitted here");
        }

        @Override
        public BatchResponse<ChatResponse> retrieve(String id) {
            throw new AssertionError("nothing is retrieved here");
        }

        @Override
        public void cancel(String id) {
            throw new AssertionError("nothing is cancelled here");
        }

        @Override
        public BatchPage<ChatResponse> list(BatchPagination pagination) {
            throw new AssertionError("nothing is listed here");
        }
    };

    private static ProviderBatchOptions options(boolean offered, String... args) {
        ProviderBatchOptions options = new ProviderBatchOptions();
        var command = new CommandLine(options);
        command.parseArgs(args);
        options.check(new OptionFaults(command.getCommandSpec()), "openai", offered)
                .refuse();
        return options;
    }

    private static ChatModelTeacher teacher(ProviderBatchOptions options) {
        ChatModelTeacher.Builder teacher = ChatModelTeacher.builder(new ChatModel() {});
        options.applyTo(teacher, ChatModelReferee.builder(new ChatModel() {}), NOBODY);
        return teacher.build();
    }

    @Test
    void applyTo_notWanted_givesNoBatches() {
        ProviderBatchOptions options = options(false);
        assertThat(options.isWanted()).isFalse();
        assertThat(teacher(options).batches()).isEmpty();
    }

    @Test
    void applyTo_wanted_givesBatchesOfTheSize() {
        ProviderBatchOptions options = options(true, "--provider-batches", "--provider-batch-requests", "500");
        assertThat(teacher(options).batches().orElseThrow().largest()).isEqualTo(500);
        assertThat(teacher(options(true, "--provider-batches")).batches().orElseThrow().largest())
                .isEqualTo(2000);
    }

    @Test
    void applyTo_pauseShorterThanTheFirst_isTaken() {
        options(true, "--provider-batches", "--provider-batch-pause", "5s", "--provider-batch-wait", "2h")
                .applyTo(AdversarialLoop.builder()); // which refuses a longest pause below the first
    }

    @ParameterizedTest
    @CsvSource({
        "--provider-batches, openai has none",
        "--provider-batch-wait=2h, needs --provider-batches",
        "--provider-batches --provider-batch-requests=0, --provider-batch-requests must be 1 or more",
        "--provider-batches --provider-batch-pause=0s, --provider-batch-pause must be above 0",
        "--provider-batches --provider-batch-wait=0s, --provider-batch-wait must be above 0"
    })
    void check_faulty_isRefusedInWords(String args, String fault) {
        assertThatThrownBy(() -> options(false, args.split(" ", -1)))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining(fault);
    }
}
