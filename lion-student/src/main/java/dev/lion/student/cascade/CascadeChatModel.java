package dev.lion.student.cascade;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.lion.data.TokenUsage;
import dev.lion.student.chat.StudentChatModel;
import dev.lion.student.chat.StudentChatRequestParameters;
import dev.lion.student.chat.StudentChatResponseMetadata;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The student in front of its teacher: it answers where it is sure, and hands what it is not sure of to the teacher. From
 * which confidence on it is sure enough is a {@linkplain CascadeCalibration calibration}'s to say.
 *
 * <p>Every request goes to the student first, and to the teacher where the student's confidence is below the threshold, its
 * answer was cut off or has no words, or it refused, as it does with tools, images, formats and prompts that are too long for it. When the
 * teacher fails, with whatever exception, the student's answer is given all the same; when there is none, the teacher's
 * exception is thrown with the student's as suppressed. {@link CascadeChatResponseMetadata} of each answer says what
 * happened. How long the teacher may take, and how often it is asked again, is the teacher's own setting.
 *
 * <p>Either model gets requests through its own {@code chat}, so the listeners of both fire as usual. The name of a model in
 * a request is meant for the teacher; the student is asked without it. Other parameters hold for both: a temperature in a
 * request makes the student's answers other than those that its threshold was calibrated on, which are greedy.
 *
 * <p>May be called from any thread, by as many callers as both models bear.
 */
public final class CascadeChatModel implements ChatModel, AutoCloseable {
    private final StudentChatModel student;
    private final Runnable release;
    private final ChatModel teacher;
    private final double threshold;
    private CascadeCounts counts = CascadeCounts.NONE;
    private volatile boolean closed;

    CascadeChatModel(StudentChatModel student, Runnable release, ChatModel teacher, double threshold) {
        this.student = student;
        this.release = release;
        this.teacher = teacher;
        this.threshold = threshold;
    }

    /** A cascade to be configured. */
    public static CascadeChatModelBuilder builder() {
        return new CascadeChatModelBuilder();
    }

    /** What the student made of a request: an answer, or the exception that it refused with. */
    private record Attempt(Optional<ChatResponse> answer, Optional<RuntimeException> refusal) {
        OptionalDouble confidence() {
            return answer.map(given -> OptionalDouble.of(ConfidentAnswer.confidence(
                            ((StudentChatResponseMetadata) given.metadata()).confidence(), isWhole(given))))
                    .orElseGet(OptionalDouble::empty);
        }

        CascadeReason reason(double threshold) {
            if (answer.isEmpty()) {
                return CascadeReason.STUDENT_REFUSED;
            }
            if (!isWhole(answer.get())) {
                return CascadeReason.UNFINISHED;
            }
            return confidence().orElseThrow() >= threshold ? CascadeReason.CONFIDENT : CascadeReason.UNSURE;
        }

        private static boolean isWhole(ChatResponse answer) {
            return ConfidentAnswer.isWhole(
                    answer.finishReason() == FinishReason.STOP,
                    answer.aiMessage().text());
        }
    }

    @Override
    public ChatResponse chat(ChatRequest request) {
        return chat(request, ChatRequestOptions.EMPTY);
    }

    @Override
    public ChatResponse chat(ChatRequest request, ChatRequestOptions options) {
        if (closed) {
            throw new IllegalStateException("this cascade is closed");
        }
        Attempt attempt = askStudent(request, options);
        CascadeReason reason = attempt.reason(threshold);
        if (reason == CascadeReason.CONFIDENT) {
            ChatResponse answer = attempt.answer().orElseThrow();
            count(so -> so.plusLocal(tokens(answer)));
            return told(answer, reason, attempt, Optional.empty());
        }
        return askTeacher(request, options, attempt, reason);
    }

    private Attempt askStudent(ChatRequest request, ChatRequestOptions options) {
        try {
            ChatResponse answer = ask(student, forStudent(request), options);
            count(so -> so.plusStudent(tokens(answer)));
            return new Attempt(Optional.of(answer), Optional.empty());
        } catch (RuntimeException e) {
            requireGoingOn(e);
            return new Attempt(Optional.empty(), Optional.of(e));
        }
    }

    private static ChatRequest forStudent(ChatRequest request) {
        var parameters = StudentChatRequestParameters.builder()
                .overrideWith(request.parameters())
                .modelName(null)
                .build();
        return ChatRequest.builder()
                .messages(request.messages())
                .parameters(parameters)
                .build();
    }

    private ChatResponse askTeacher(
            ChatRequest request, ChatRequestOptions options, Attempt attempt, CascadeReason reason) {
        try {
            ChatResponse answer = ask(teacher, request, options);
            count(so -> so.plusTeacher(tokens(answer)));
            return told(answer, reason, attempt, attempt.refusal().map(Throwable::toString));
        } catch (RuntimeException e) {
            requireGoingOn(e);
            if (attempt.answer().isPresent()) {
                count(CascadeCounts::plusFallback);
                return told(attempt.answer().get(), CascadeReason.TEACHER_FAILED, attempt, Optional.of(e.toString()));
            }
            count(CascadeCounts::plusFailure);
            attempt.refusal().filter(refusal -> refusal != e).ifPresent(e::addSuppressed);
            throw e;
        }
    }

    /** Whoever interrupts a call wants no answer any more, and whoever closes the cascade none of it. */
    private void requireGoingOn(RuntimeException failure) {
        if (closed || Thread.currentThread().isInterrupted()) {
            count(CascadeCounts::plusFailure);
            throw failure;
        }
    }

    private static ChatResponse ask(ChatModel model, ChatRequest request, ChatRequestOptions options) {
        // a model written by an application may have only the simpler method
        return options.equals(ChatRequestOptions.EMPTY) ? model.chat(request) : model.chat(request, options);
    }

    private ChatResponse told(ChatResponse answer, CascadeReason reason, Attempt attempt, Optional<String> failure) {
        var metadata =
                CascadeChatResponseMetadata.of(answer.metadata(), reason, attempt.confidence(), threshold, failure);
        return ChatResponse.builder()
                .aiMessage(answer.aiMessage())
                .metadata(metadata)
                .build();
    }

    private synchronized void count(UnaryOperator<CascadeCounts> change) {
        counts = change.apply(counts);
    }

    private static TokenUsage tokens(ChatResponse answer) {
        var usage = answer.tokenUsage();
        return usage == null
                ? TokenUsage.NONE
                : new TokenUsage(of(usage.inputTokenCount()), of(usage.outputTokenCount()));
    }

    private static long of(@Nullable Integer count) {
        return count == null ? 0 : count;
    }

    /** What this did so far. */
    public synchronized CascadeCounts counts() {
        return counts;
    }

    /** The student answers where its confidence is this or more. */
    public double threshold() {
        return threshold;
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
        return teacher.defaultRequestParameters();
    }

    /** None: both models tell their own. */
    @Override
    public List<ChatModelListener> listeners() {
        return List.of();
    }

    @Override
    public ModelProvider provider() {
        return teacher.provider();
    }

    /** The teacher's, since it answers what the student cannot. */
    @Override
    public Set<Capability> supportedCapabilities() {
        return teacher.supportedCapabilities();
    }

    /** Frees the student, if it was loaded for this cascade; what was given to it stays its caller's. Later calls fail. */
    @Override
    public void close() {
        closed = true;
        release.run();
    }
}
