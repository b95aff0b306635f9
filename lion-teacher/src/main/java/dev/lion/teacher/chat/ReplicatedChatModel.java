package dev.lion.teacher.chat;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Several endpoints of the same model as one model, such as a server on each of several machines. A request goes to the
 * endpoint with the fewest under way, of equal ones to each in turn.
 *
 * <p><b>Out of service</b> is an endpoint where nobody listens, or that does not accept the key or know the model, at once;
 * and one after three failures in a row that are its own: time-outs, lost connections, replies that cannot be
 * read, HTTP 408 and 5xx. After a pause, a
 * second at first and twice as long each time up to a minute, one request tries it; what it answers puts it back in service.
 *
 * <p><b>Moved</b> to another endpoint, at once, is a request that failed and is known not to be charged, such as one that
 * found nobody listening or was one too many (HTTP 429). One that may have been charged is not repeated here: its failure is
 * thrown, and whoever keeps the books decides. A request that is itself at fault is not moved either. When no endpoint takes
 * a request, a {@link NoReplicaException} names them all; it passes unless every endpoint refuses for good, as one with a
 * wrong key does.
 *
 * <p>All endpoints must offer the same model under the same name. Build their clients with {@code maxRetries(0)} and a
 * time-out. For any thread.
 */
public final class ReplicatedChatModel extends ChatModelDecorator {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicatedChatModel.class);

    private final List<Replica> replicas;
    private final ReplicaPolicy policy;
    private final LongSupplier nanos;
    private final Object lock = new Object();
    private int turn;

    private ReplicatedChatModel(Builder builder) {
        super(builder.models.values().iterator().next());
        this.replicas = builder.models.entrySet().stream()
                .map(each -> new Replica(each.getKey(), each.getValue()))
                .toList();
        this.policy = new ReplicaPolicy(builder.failuresInRow, builder.firstPause, builder.longestPause);
        this.nanos = builder.nanos;
    }

    /** Endpoints that are called by their numbers, from 1. */
    public static ReplicatedChatModel of(List<? extends ChatModel> models) {
        Builder builder = builder();
        for (ChatModel model : models) {
            builder.replica("endpoint " + (builder.models.size() + 1), model);
        }
        return builder.build();
    }

    /** A builder, for names and other settings. */
    public static Builder builder() {
        return new Builder();
    }

    /** @throws NoReplicaException when no endpoint took the request */
    @Override
    public ChatResponse chat(ChatRequest request, ChatRequestOptions options) {
        Map<Replica, RuntimeException> failures = new LinkedHashMap<>();
        while (true) {
            Chosen chosen = choose(failures).orElse(null);
            if (chosen == null) {
                throw noReplica(failures);
            }
            try {
                ChatResponse reply = ask(chosen.replica().model(), request, options);
                end(chosen, Optional.empty());
                return reply;
            } catch (RuntimeException failure) {
                if (!end(chosen, Optional.of(failure))) {
                    throw failure;
                }
                failures.put(chosen.replica(), failure);
            } catch (Error error) {
                synchronized (lock) {
                    chosen.replica().givenUp(chosen.isTrial());
                }
                throw error;
            }
        }
    }

    /** Every endpoint's decorators are told. */
    @Override
    public void discard(ChatRequest request) {
        replicas.forEach(replica -> discard(replica.model(), request));
    }

    private record Chosen(Replica replica, boolean isTrial) {}

    private Optional<Chosen> choose(Map<Replica, RuntimeException> tried) {
        synchronized (lock) {
            long now = nanos.getAsLong();
            Optional<Chosen> chosen = inTurn().stream()
                    .filter(replica -> !tried.containsKey(replica) && replica.isDue(now))
                    .findFirst()
                    .map(replica -> new Chosen(replica, true))
                    .or(() -> leastLoaded(tried).map(replica -> new Chosen(replica, false)));
            chosen.ifPresent(each -> {
                turn = replicas.indexOf(each.replica()) + 1;
                each.replica().begin();
            });
            return chosen;
        }
    }

    private Optional<Replica> leastLoaded(Map<Replica, RuntimeException> tried) {
        return inTurn().stream()
                .filter(replica -> !tried.containsKey(replica) && replica.isInService())
                .reduce((one, other) -> other.underWay() < one.underWay() ? other : one);
    }

    private List<Replica> inTurn() {
        List<Replica> rotated = new ArrayList<>(replicas);
        Collections.rotate(rotated, -turn);
        return rotated;
    }

    /** Notes how a call ended; true if its request is to be moved to another endpoint. */
    private boolean end(Chosen chosen, Optional<RuntimeException> failure) {
        Replica replica = chosen.replica();
        if (failure.isEmpty()) {
            answered(replica);
            return false;
        }
        CallFailure known = CallFailure.of(failure.get());
        switch (known.reason()) {
            case INTERRUPTED -> {
                synchronized (lock) {
                    replica.givenUp(chosen.isTrial());
                }
            }
            case INVALID_REQUEST, CONTENT_FILTERED, UNSUPPORTED, UNEXPECTED -> answered(replica);
            case RATE_LIMITED -> {
                answered(replica); // it is alive
                return true;
            }
            case SERVER_ERROR,
                    TIMED_OUT,
                    CONNECTION,
                    UNREADABLE,
                    UNREACHABLE,
                    AUTHENTICATION,
                    QUOTA,
                    MODEL_NOT_FOUND -> {
                failed(chosen, failure.get());
                return known.isUnbilled();
            }
        }
        return false;
    }

    private void answered(Replica replica) {
        boolean isBack;
        synchronized (lock) {
            isBack = !replica.isInService();
            replica.answered();
        }
        if (isBack) {
            LOG.info("{} is back in service", replica.name());
        }
    }

    private void failed(Chosen chosen, RuntimeException failure) {
        String left = "";
        synchronized (lock) {
            long now = nanos.getAsLong();
            if (chosen.replica().failed(failure, chosen.isTrial(), policy, now)) {
                left = chosen.replica().describe(now);
            }
        }
        if (!left.isEmpty()) {
            LOG.warn("out of service: {}", left);
        }
    }

    private NoReplicaException noReplica(Map<Replica, RuntimeException> tried) {
        String all;
        Throwable cause;
        synchronized (lock) {
            long now = nanos.getAsLong();
            all = replicas.stream()
                    .map(replica -> tried.containsKey(replica) && replica.isInService()
                            ? replica.name() + ": " + ProviderWords.quote(tried.get(replica))
                            : replica.describe(now))
                    .collect(Collectors.joining("\n  "));
            cause = cause(tried);
        }
        return new NoReplicaException("no endpoint took the request:\n  " + all, cause);
    }

    // whoever repeats calls looks at the cause: nothing was charged, and another attempt may succeed unless each
    // endpoint
    // is known to refuse every call
    private Throwable cause(Map<Replica, RuntimeException> tried) {
        Optional<RuntimeException> passing = tried.values().stream()
                .filter(failure -> CallFailure.of(failure).isPassing())
                .findFirst();
        if (passing.isPresent()) {
            return passing.get();
        }
        List<RuntimeException> lasting = replicas.stream()
                .map(replica -> Optional.ofNullable(tried.get(replica)).or(replica::reason))
                .flatMap(Optional::stream)
                .filter(failure -> !CallFailure.of(failure).isPassing())
                .toList();
        return lasting.size() == replicas.size()
                ? lasting.get(0)
                : new ConnectException("every endpoint is out of service");
    }

    /** Settings of a {@link ReplicatedChatModel}. Not for several threads at once. */
    public static final class Builder {
        private final Map<String, ChatModel> models = new LinkedHashMap<>();
        private int failuresInRow = ReplicaPolicy.USUAL.failuresInRow();
        private Duration firstPause = ReplicaPolicy.USUAL.firstPause();
        private Duration longestPause = ReplicaPolicy.USUAL.longestPause();
        private LongSupplier nanos = System::nanoTime;

        private Builder() {}

        /** One more endpoint. Its name is for messages; an address may hold a key, so choose another name. */
        public Builder replica(String name, ChatModel model) {
            if (models.putIfAbsent(Objects.requireNonNull(name, "name"), Objects.requireNonNull(model, "model"))
                    != null) {
                throw new IllegalArgumentException("two endpoints are called " + name);
            }
            return this;
        }

        /** After how many failures one after another an endpoint that can be reached is taken out; 3 by default. */
        public Builder failuresInRow(int failures) {
            failuresInRow = failures;
            return this;
        }

        /** How long an endpoint is left alone at first, a second by default, and at most, a minute by default. */
        public Builder pauses(Duration first, Duration longest) {
            firstPause = first;
            longestPause = longest;
            return this;
        }

        Builder nanos(LongSupplier newNanos) {
            nanos = newNanos;
            return this;
        }

        /**
         * All endpoints as one model.
         *
         * @throws IllegalArgumentException when there is none, their models have different names, or a setting is wrong
         */
        public ReplicatedChatModel build() {
            if (models.isEmpty()) {
                throw new IllegalArgumentException("there must be at least one endpoint");
            }
            List<String> names = models.values().stream()
                    .map(model ->
                            String.valueOf(model.defaultRequestParameters().modelName()))
                    .distinct()
                    .toList();
            if (names.size() > 1) {
                throw new IllegalArgumentException("all endpoints must offer the same model, but they are " + names);
            }
            return new ReplicatedChatModel(this);
        }
    }
}
