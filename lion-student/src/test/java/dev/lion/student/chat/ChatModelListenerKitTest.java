package dev.lion.student.chat;

import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.common.AbstractChatModelListenerIT;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.lion.student.LoadConfig;
import dev.lion.student.LoadedStudent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** LangChain4j's contract tests of listeners against a student; the one that fails has instructions longer than its context. */
@Tag("slow")
@ExtendWith(KitTally.class)
class ChatModelListenerKitTest extends AbstractChatModelListenerIT {
    private static final String NAME = "answers-by-heart";
    private Optional<LoadedStudent> student = Optional.empty();

    @Override
    protected ChatModel createModel(ChatModelListener listener) {
        return model(LoadConfig.defaults(), listener);
    }

    @Override
    protected ChatModel createFailingModel(ChatModelListener listener) {
        var wordy = OverfittedStudent.TEMPLATE.withSystem("This is to be kept in mind. ".repeat(500));
        return model(LoadConfig.defaults().withPromptFormat(wordy), listener);
    }

    private ChatModel model(LoadConfig config, ChatModelListener listener) {
        try {
            student = Optional.of(LoadedStudent.load(OverfittedStudent.folder(), config));
            return StudentChatModel.builder()
                    .student(student.get())
                    .name(NAME)
                    .listeners(List.of(listener))
                    .defaultRequestParameters(StudentChatRequestParameters.builder()
                            .temperature(temperature())
                            .topP(topP())
                            .maxOutputTokens(maxTokens())
                            .build())
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void free() {
        student.ifPresent(LoadedStudent::close);
    }

    @Override
    protected String modelName() {
        return NAME;
    }

    @Override
    protected Class<? extends Exception> expectedExceptionClass() {
        return InvalidRequestException.class;
    }

    @Override
    protected boolean supportsTools() {
        return false;
    }
}
