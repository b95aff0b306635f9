package dev.lion.student.chat;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.common.AbstractStreamingChatModelIT;
import dev.langchain4j.model.chat.listener.ChatModelListener;
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
class StreamingChatModelKitTest extends AbstractStreamingChatModelIT {
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
    protected List<StreamingChatModel> models() {
        return List.of(model(StudentStreamingChatModel.builder()));
    }

    @Override
    protected StreamingChatModel createModelWith(ChatRequestParameters parameters) {
        return model(StudentStreamingChatModel.builder().defaultRequestParameters(parameters));
    }

    @Override
    public StreamingChatModel createModelWith(ChatModelListener listener) {
        return model(StudentStreamingChatModel.builder().listeners(List.of(listener)));
    }

    private StreamingChatModel model(StudentChatModelBuilder<StudentStreamingChatModel> builder) {
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
    protected Class<? extends ChatResponseMetadata> chatResponseMetadataType(StreamingChatModel model) {
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
