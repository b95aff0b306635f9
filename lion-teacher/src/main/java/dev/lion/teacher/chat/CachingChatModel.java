package dev.lion.teacher.chat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.lion.teacher.chat.RequestForm.UndescribableException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers a request that was answered before from a file, at no cost, whichever run or process asked it. Needs {@code
 * org.xerial:sqlite-jdbc}, which lion-teacher does not bring.
 *
 * <p><b>What is the same request.</b> The provider, the model's name, all messages, and all parameters once those of the
 * request are laid over the model's defaults, a provider's own ones such as a seed included; and the {@linkplain
 * Builder#scope scope}. Of all that the file holds a hash only, and of a reply what it says; never a key. Several samples
 * of one question are several requests only when something in them differs.
 *
 * <p><b>What is kept.</b> Replies that ended by themselves and say something, or call tools. One that was cut, withheld or
 * blank is handed on and asked for again the next time, as is one that was {@linkplain #discard discarded}.
 *
 * <p><b>What a hit is.</b> Text, finish reason, id and model's name as they were; {@link FreeTokenUsage} for its tokens,
 * since nothing is charged; no metadata that only the provider's client knows. The wrapped model, and so its listeners, are
 * not told. Equal requests under way at the same time are asked once; the others get the reply as a hit, or the same
 * failure.
 *
 * <p>The file may be shared by runs and by processes of one machine at the same time (not on a network file system). When it
 * fails, as when the disk is full, that is logged once, and requests go to the wrapped model as if they were new: an answer
 * is never lost. For any thread.
 */
public final class CachingChatModel extends ChatModelDecorator implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CachingChatModel.class);

    private final ReplayStore store;
    private final String scope;
    private final SingleFlight<ChatResponse> underWay = new SingleFlight<>();
    private final AtomicLong hits = new AtomicLong();
    private final AtomicLong misses = new AtomicLong();
    private final AtomicLong kept = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong discarded = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final AtomicBoolean told = new AtomicBoolean();

    private CachingChatModel(Builder builder, ReplayStore store) {
        super(builder.model);
        this.store = store;
        this.scope = builder.scope;
    }

    /**
     * A cache of a model's replies in a file, made when it is missing.
     *
     * @throws ReplayCacheException when the file is something else, damaged or of another format, or SQLite is missing
     */
    public static CachingChatModel open(ChatModel model, Path file) {
        return builder(model).open(file);
    }

    /** A builder, for other settings. */
    public static Builder builder(ChatModel model) {
        return new Builder(model);
    }

    /**
     * How often what happened, since the cache was opened.
     *
     * @param hits requests that cost nothing: answered from the file, or together with an equal one
     * @param misses requests that the wrapped model was asked
     * @param kept replies that were written
     * @param refused replies that were not worth keeping: cut, withheld, blank
     * @param discarded requests whose reply was forgotten on demand
     * @param failures times that the file could not be read or written, or that a request could not be told apart
     */
    public record Statistics(long hits, long misses, long kept, long refused, long discarded, long failures) {}

    /** How often what happened. */
    public Statistics statistics() {
        return new Statistics(hits.get(), misses.get(), kept.get(), refused.get(), discarded.get(), failures.get());
    }

    @Override
    public ChatResponse chat(ChatRequest request, ChatRequestOptions options) {
        Optional<String> key = key(request);
        if (key.isEmpty()) {
            misses.incrementAndGet();
            return ask(request, options);
        }
        return underWay.call(
                key.get(),
                () -> find(key.get()).map(this::hit).orElseGet(() -> miss(key.get(), request, options)),
                reply -> hit(ReplyForm.withoutCharge(reply)));
    }

    private ChatResponse hit(ChatResponse reply) {
        hits.incrementAndGet();
        return reply;
    }

    private ChatResponse miss(String key, ChatRequest request, ChatRequestOptions options) {
        misses.incrementAndGet();
        ChatResponse reply = ask(request, options);
        if (isWorthKeeping(reply)) {
            attempt("keep a reply", () -> {
                store.put(key, text(reply));
                kept.incrementAndGet();
                return Optional.empty();
            });
        } else {
            refused.incrementAndGet();
        }
        return reply;
    }

    private static String text(ChatResponse reply) {
        return RequestForm.encodableText(ReplyForm.of(reply));
    }

    private boolean isWorthKeeping(ChatResponse reply) {
        AiMessage message = reply.aiMessage();
        FinishReason finish = reply.finishReason();
        // the client's word for Anthropic's refusal is OTHER
        boolean withheld = finish == FinishReason.CONTENT_FILTER
                || (finish == FinishReason.OTHER && provider() == ModelProvider.ANTHROPIC);
        boolean whole = finish != FinishReason.LENGTH && !withheld;
        boolean saysSomething = message.hasToolExecutionRequests()
                || (message.text() != null && !message.text().isBlank());
        return whole && saysSomething;
    }

    /** Forgets the reply to a request, so that it is really asked when it comes again; by other processes too. */
    @Override
    public void discard(ChatRequest request) {
        key(request)
                .ifPresent(key -> attempt("forget a reply", () -> {
                    store.remove(key);
                    discarded.incrementAndGet();
                    return Optional.empty();
                }));
        super.discard(request);
    }

    private Optional<String> key(ChatRequest request) {
        return attempt("tell a request from others", () -> {
            ChatRequestParameters parameters = defaultRequestParameters().overrideWith(request.parameters());
            Map<String, Object> form = new TreeMap<>(Map.of(
                    "provider", provider().name(),
                    "scope", scope,
                    "messages", RequestForm.messages(request.messages()),
                    "parameters", RequestForm.parameters(parameters)));
            return Optional.of(RequestForm.hash(form));
        });
    }

    private Optional<ChatResponse> find(String key) {
        return attempt(
                "look up a reply",
                () -> store.find(key).map(text -> ReplyForm.readFree((Map<?, ?>) RequestForm.read(text))));
    }

    private interface Access<R> {
        Optional<R> run() throws SQLException, UndescribableException;
    }

    // whatever goes wrong here, the request can still be asked, and a reply still be handed on
    private <R> Optional<R> attempt(String what, Access<R> access) {
        try {
            return access.run();
        } catch (SQLException | UndescribableException | RuntimeException e) {
            failures.incrementAndGet();
            if (told.compareAndSet(false, true)) {
                LOG.warn(
                        "{}: cannot {}, so it is asked for and not kept: {}; this is said once",
                        store.file(),
                        what,
                        e.toString());
            }
            return Optional.empty();
        }
    }

    /** Closes the file; requests go to the wrapped model from then on. Idempotent. */
    @Override
    public void close() {
        try {
            store.close();
        } catch (SQLException e) {
            LOG.warn("{}: cannot be closed: {}", store.file(), e.toString());
        }
    }

    /** Settings of a {@link CachingChatModel}. Not for several threads at once. */
    public static final class Builder {
        private final ChatModel model;
        private String scope = "";

        private Builder(ChatModel model) {
            this.model = Objects.requireNonNull(model, "model");
        }

        /**
         * Keeps apart what has the same model's name but is not the same, such as a model behind another address, or a second
         * opinion on the same questions; empty by default.
         */
        public Builder scope(String newScope) {
            scope = Objects.requireNonNull(newScope, "scope");
            return this;
        }

        /**
         * Opens the file, made when it is missing.
         *
         * @throws ReplayCacheException when the file is something else, damaged or of another format, or SQLite is missing
         */
        public CachingChatModel open(Path file) {
            return new CachingChatModel(this, ReplayStore.open(file));
        }
    }
}
