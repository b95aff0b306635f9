package dev.lion.student.chat;

import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.lion.student.LoadedStudent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Makes a {@link StudentChatModel} or a {@link StudentStreamingChatModel}, from either a folder or a student that is loaded
 * already and may be shared by several models.
 *
 * @param <M> which of the two
 */
public final class StudentChatModelBuilder<M> {
    private final Function<Answering, M> model;
    private Optional<Path> folder = Optional.empty();
    private Optional<LoadedStudent> student = Optional.empty();
    private Optional<String> name = Optional.empty();
    private ChatRequestParameters defaults = DefaultChatRequestParameters.EMPTY;
    private List<ChatModelListener> listeners = List.of();
    private long seed;

    StudentChatModelBuilder(Function<Answering, M> model) {
        this.model = model;
    }

    /** Loads the student of a folder, which is freed when the model is closed. */
    public StudentChatModelBuilder<M> folder(Path value) {
        requireNoStudent();
        folder = Optional.of(value);
        return this;
    }

    /** Uses a student that stays its caller's, to be closed after the model. */
    public StudentChatModelBuilder<M> student(LoadedStudent value) {
        requireNoStudent();
        student = Optional.of(value);
        return this;
    }

    private void requireNoStudent() {
        if (folder.isPresent() || student.isPresent()) {
            throw new IllegalStateException("folder and student exclude each other and are called once");
        }
    }

    /**
     * What the model is called in the metadata of answers, and the only {@code modelName} that a request may ask for; default
     * the student's. An application that names the big model in its requests goes on to do so when the student has its name.
     */
    public StudentChatModelBuilder<M> name(String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("a model's name must not be blank");
        }
        name = Optional.of(value);
        return this;
    }

    /**
     * What holds where a request does not say otherwise; default the decoding that the student was loaded with. May be {@link
     * StudentChatRequestParameters}.
     */
    public StudentChatModelBuilder<M> defaultRequestParameters(ChatRequestParameters value) {
        defaults = value;
        return this;
    }

    /** Who is told of requests, answers and failures, as LangChain4j has it; default nobody. */
    public StudentChatModelBuilder<M> listeners(List<ChatModelListener> value) {
        listeners = List.copyOf(value);
        return this;
    }

    /** Where, with a request's messages, the random choices of its answer come from; default 0. */
    public StudentChatModelBuilder<M> seed(long value) {
        seed = value;
        return this;
    }

    /**
     * The model.
     *
     * @throws IOException when the folder cannot be read
     * @throws IllegalStateException when neither folder nor student was called
     * @throws dev.langchain4j.exception.UnsupportedFeatureException when the default parameters ask for what a student cannot do
     * @throws dev.langchain4j.exception.InvalidRequestException when a value of theirs is not usable
     */
    public M build() throws IOException {
        if (student.isPresent()) {
            return over(student.get(), false);
        }
        LoadedStudent loaded = LoadedStudent.load(folder.orElseThrow(
                () -> new IllegalStateException("a chat model answers by a student: call folder or student")));
        try {
            return over(loaded, true);
        } catch (RuntimeException e) {
            loaded.close();
            throw e;
        }
    }

    private M over(LoadedStudent loaded, boolean owned) {
        String named = name.orElseGet(loaded::name);
        AnswerSettings.requireSupported(defaults, named);
        AnswerSettings.decoding(StudentChatRequestParameters.of(defaults), loaded.decoding());
        var whole = AnswerSettings.parameters(loaded.decoding(), named).overrideWith(defaults);
        return model.apply(new Answering(loaded, owned, named, whole, listeners, seed));
    }
}
