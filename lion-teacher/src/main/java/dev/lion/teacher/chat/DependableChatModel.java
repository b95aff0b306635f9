package dev.lion.teacher.chat;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A chat model that can be left alone for hours: all decorators of this package in the order that makes sense, with settings
 * that hold without being known beforehand. From the outside in:
 *
 * <ol>
 *   <li>{@link RecordingChatModel}, with {@link Builder#record};
 *   <li>{@link CachingChatModel}, with {@link Builder#cache};
 *   <li>{@link RetryingChatModel}: repeats what is known not to have been charged, and everything that may pass with {@link
 *       Builder#repeatWhatMayHaveBeenCharged()};
 *   <li>{@link PacedChatModel}: as many calls at a time and a minute as the provider bears;
 *   <li>{@link CircuitChatModel}: sends no more calls after a key, account or model was refused, until {@link #reset};
 *   <li>{@link ReplicatedChatModel}, with {@link #builder(Map)};
 *   <li>{@link DeadlineChatModel}: no call takes longer than {@link Builder#callDeadline}.
 * </ol>
 *
 * <p>Why charged attempts are not repeated here by default: lion's loop sets money aside before each attempt, so it repeats
 * those itself. Build the wrapped model with {@code maxRetries(0)}. One object stands for one account; the roles that share the
 * account share it. For any thread. Closing it closes the files and leaves the wrapped model open.
 */
public final class DependableChatModel extends ChatModelDecorator implements AutoCloseable {
    private final Layers layers;

    private DependableChatModel(Layers layers) {
        super(layers.outermost());
        this.layers = layers;
    }

    /** With the default settings; the model itself when it is dependable already. */
    public static DependableChatModel of(ChatModel model) {
        return model instanceof DependableChatModel dependable
                ? dependable
                : builder(model).build();
    }

    /** A builder, for other settings. */
    public static Builder builder(ChatModel model) {
        return builder(Map.of("the endpoint", model));
    }

    /**
     * A builder over several endpoints of the same model.
     *
     * @param replicas the endpoints by the names that messages give them
     */
    public static Builder builder(Map<String, ? extends ChatModel> replicas) {
        return new Builder(replicas);
    }

    @Override
    public ChatResponse chat(ChatRequest request, ChatRequestOptions options) {
        return ask(request, options);
    }

    /**
     * How the calls are paced at this moment. Its calls are those that had their turn, with those that were not sent then, as an
     * earlier one had shown that none can succeed; {@link #summary} tells them apart.
     */
    public PacedChatModel.Statistics pace() {
        return layers.paced().statistics();
    }

    /** What was repeated so far. */
    public RetryCounts retries() {
        return layers.retrying().counts();
    }

    /** What the cache did; empty without one. */
    public Optional<CachingChatModel.Statistics> cache() {
        return layers.cache().map(CachingChatModel::statistics);
    }

    /**
     * The figures so far in a line, such as {@code 1,204 calls, 3 refused as too many, 17 from the cache}. Calls that were not
     * sent, as an earlier one had shown that none can succeed, are no calls there, and have a figure of their own when there are any.
     */
    public String summary() {
        long unsent = layers.circuit().unsent(); // first, as those that come meanwhile had their turn before
        PacedChatModel.Statistics pace = pace();
        List<String> parts = new ArrayList<>();
        parts.add(count(pace.calls() - unsent, "call"));
        parts.add(String.format(Locale.ROOT, "%,d refused as too many", pace.refused()));
        parts.add("at most " + pace.concurrencyLimit() + " at a time now");
        if (unsent > 0) {
            parts.add(String.format(Locale.ROOT, "%,d not sent", unsent));
        }
        cache().ifPresent(it -> parts.add(String.format(Locale.ROOT, "%,d from the cache", it.hits())));
        layers.recording().ifPresent(it -> parts.add(String.format(Locale.ROOT, "%,d recorded", it.recorded())));
        return String.join(", ", parts);
    }

    private static String count(long number, String what) {
        return String.format(Locale.ROOT, "%,d %s%s", number, what, number == 1 ? "" : "s");
    }

    @Override
    public String toString() {
        return "DependableChatModel[" + summary() + "]";
    }

    /** Closes cache and recording; later calls go past them. Idempotent. */
    @Override
    public void close() {
        layers.recording().ifPresent(RecordingChatModel::close);
        layers.cache().ifPresent(CachingChatModel::close);
    }

    /** Sends calls again: the key was changed, the account has credit, or the model is there now. */
    public void reset() {
        layers.circuit().reset();
    }

    private record Layers(
            CircuitChatModel circuit,
            PacedChatModel paced,
            RetryingChatModel retrying,
            Optional<CachingChatModel> cache,
            Optional<RecordingChatModel> recording) {
        ChatModel outermost() {
            ChatModel unrecorded = cache.<ChatModel>map(it -> it).orElse(retrying);
            return recording.<ChatModel>map(it -> it).orElse(unrecorded);
        }
    }

    /** Settings of a {@link DependableChatModel}. Not for several threads at once. */
    public static final class Builder {
        private final Map<String, ChatModel> replicas;
        private ProviderLimits limits = new ProviderLimits();
        private int maxConcurrency = 256;
        private double requestsPerMinute = Double.POSITIVE_INFINITY;
        private double tokensPerMinute = Double.POSITIVE_INFINITY;
        private Duration callDeadline = Duration.ofMinutes(5);
        private boolean onlyUncharged = true;
        private Optional<Path> cache = Optional.empty();
        private String cacheScope = "";
        private Optional<Path> recording = Optional.empty();

        private Builder(Map<String, ? extends ChatModel> replicas) {
            if (replicas.isEmpty()) {
                throw new IllegalArgumentException("there must be an endpoint");
            }
            this.replicas = new LinkedHashMap<>(replicas);
        }

        /** Where the provider's headers are read; nowhere by default. The model must be built on its client. */
        public Builder limits(ProviderLimits value) {
            limits = Objects.requireNonNull(value, "limits");
            return this;
        }

        /** The most calls at the same time, whatever the provider bears; 256 by default. */
        public Builder maxConcurrency(int value) {
            maxConcurrency = value;
            return this;
        }

        /** The most calls a minute; as many as the provider takes by default. */
        public Builder requestsPerMinute(double value) {
            requestsPerMinute = value;
            return this;
        }

        /** The most tokens a minute, input and output together; as many as the provider takes by default. */
        public Builder tokensPerMinute(double value) {
            tokensPerMinute = value;
            return this;
        }

        /** How long one call may take, to the last byte of its reply; 5 min by default. */
        public Builder callDeadline(Duration value) {
            callDeadline = Objects.requireNonNull(value, "callDeadline");
            return this;
        }

        /**
         * Repeats every failure that may pass, charged or not: for a model that is used outside of lion's loop. By default only
         * what is known not to have been charged.
         */
        public Builder repeatWhatMayHaveBeenCharged() {
            onlyUncharged = false;
            return this;
        }

        /** Keeps good replies in this file, and answers equal requests from it; no file by default. */
        public Builder cache(Path file) {
            cache = Optional.of(file);
            return this;
        }

        /** Keeps apart, in the cache, models of one name that are not the same; see {@link CachingChatModel.Builder#scope}. */
        public Builder cacheScope(String value) {
            cacheScope = Objects.requireNonNull(value, "cacheScope");
            return this;
        }

        /** Writes every call to this file as a line of JSON; no file by default. */
        public Builder record(Path file) {
            recording = Optional.of(file);
            return this;
        }

        /**
         * The model.
         *
         * @throws IllegalArgumentException when a number is not positive
         * @throws ReplayCacheException when the cache cannot be opened
         * @throws RecordingException when the recording cannot be opened
         */
        public DependableChatModel build() {
            var circuit = new CircuitChatModel(endpoints());
            PacedChatModel paced = paced(circuit);
            RetryingChatModel.Builder retrying =
                    RetryingChatModel.builder(paced).limits(limits);
            RetryingChatModel repeated = (onlyUncharged ? retrying.onlyUncharged() : retrying).build();
            Optional<CachingChatModel> cached = cache.map(
                    file -> CachingChatModel.builder(repeated).scope(cacheScope).open(file));
            try {
                ChatModel unrecorded = cached.<ChatModel>map(it -> it).orElse(repeated);
                return new DependableChatModel(new Layers(
                        circuit,
                        paced,
                        repeated,
                        cached,
                        recording.map(file -> RecordingChatModel.open(unrecorded, file))));
            } catch (RuntimeException e) {
                cached.ifPresent(CachingChatModel::close);
                throw e;
            }
        }

        // each with a deadline of its own, so that one that hangs is found out
        private ChatModel endpoints() {
            Map<String, ChatModel> timed = new LinkedHashMap<>();
            replicas.forEach((name, model) -> timed.put(name, DeadlineChatModel.of(model, callDeadline)));
            if (timed.size() == 1) {
                return timed.values().iterator().next();
            }
            ReplicatedChatModel.Builder several = ReplicatedChatModel.builder();
            timed.forEach(several::replica);
            return several.build();
        }

        private PacedChatModel paced(ChatModel sent) {
            PacedChatModel.Builder paced =
                    PacedChatModel.builder(sent).limits(limits).maxConcurrency(maxConcurrency);
            if (requestsPerMinute != Double.POSITIVE_INFINITY) {
                paced.requestsPerMinute(requestsPerMinute);
            }
            if (tokensPerMinute != Double.POSITIVE_INFINITY) {
                paced.tokensPerMinute(tokensPerMinute);
            }
            return paced.build();
        }
    }
}
