package dev.lion.student.chat;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.common.AbstractChatModelIT;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import dev.lion.student.LoadedStudent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** LangChain4j's contract tests against a student that learnt by heart what they ask. */
@Tag("slow")
@ExtendWith(KitTally.class)
class ChatModelKitTest extends AbstractChatModelIT {
    private LoadedStudent student;

    @BeforeAll
    void load() throws IOException {
        student = LoadedStudent.load(OverfittedStudent.folder());
    }

    @AfterAll
    void free() {
        student.close();
    }

    @Override
    protected List<ChatModel> models() {
        return List.of(model(StudentChatModel.builder()));
    }

    @Override
    protected ChatModel createModelWith(ChatRequestParameters parameters) {
        return model(StudentChatModel.builder().defaultRequestParameters(parameters));
    }

    private ChatModel model(StudentChatModelBuilder<StudentChatModel> builder) {
        try {
            return builder.student(student).build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected ChatRequestParameters createIntegrationSpecificParameters(int maxOutputTokens) {
        return StudentChatRequestParameters.builder()
                .maxOutputTokens(maxOutputTokens)
                .build();
    }

    @Override
    protected Class<? extends ChatResponseMetadata> chatResponseMetadataType(ChatModel model) {
        return StudentChatResponseMetadata.class;
    }

    /** A student has one name and is no other model. */
    @Override
    protected boolean supportsModelNameParameter() {
        return false;
    }

    @Override
    protected boolean supportsTools() {
        return false;
    }

    @Override
    protected boolean supportsToolChoiceRequired() {
        return false;
    }

    @Override
    protected boolean supportsJsonResponseFormat() {
        return false;
    }

    @Override
    protected boolean supportsJsonResponseFormatWithSchema() {
        return false;
    }

    @Override
    protected boolean supportsJsonResponseFormatWithRawSchema() {
        return false;
    }

    @Override
    protected boolean supportsSingleImageInputAsBase64EncodedString() {
        return false;
    }

    @Override
    protected boolean supportsSingleImageInputAsPublicURL() {
        return false;
    }
}
