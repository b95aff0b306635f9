package dev.lion.teacher.batch;

import dev.langchain4j.model.batch.BatchError;
import dev.langchain4j.model.batch.BatchItemResult;
import dev.langchain4j.model.batch.BatchPage;
import dev.langchain4j.model.batch.BatchPagination;
import dev.langchain4j.model.batch.BatchRequest;
import dev.langchain4j.model.batch.BatchResponse;
import dev.langchain4j.model.batch.BatchState;
import dev.langchain4j.model.chat.BatchChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.lion.role.BatchItem;
import dev.lion.role.BatchProgress;
import dev.lion.role.Batches;
import dev.lion.role.RetryableRoleException;
import dev.lion.teacher.chat.CallFailure;
import dev.lion.teacher.chat.CallFailure.Reason;
import dev.lion.teacher.chat.ProviderWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A role's batches over a chat model's. Safe for several threads, as LangChain4j's models are.
 *
 * <p>Build the model with {@code maxRetries(0)}: one that submits again by itself after a lost reply pays twice.
 *
 * @param <Q> the questions
 * @param <A> the answers
 */
public final class ChatModelBatches<Q, A> implements Batches<Q, A> {
    private static final int PAGE = 100;

    /** What the whole run cannot go on with, and somebody has to see to; a batch is kept waiting for that. */
    private static final Set<Reason> TO_BE_SEEN_TO = Set.of(Reason.AUTHENTICATION, Reason.QUOTA);

    private final BatchChatModel model;
    private final BatchTerms terms;
    private final BatchExchange<Q, A> exchange;

    /** Batches of a model for questions that are exchanged so. */
    public ChatModelBatches(BatchChatModel model, BatchTerms terms, BatchExchange<Q, A> exchange) {
        this.model = Objects.requireNonNull(model, "model");
        this.terms = Objects.requireNonNull(terms, "terms");
        this.exchange = Objects.requireNonNull(exchange, "exchange");
    }

    @Override
    public String submit(List<Q> questions) throws InterruptedException {
        try {
            BatchResponse<ChatResponse> taken = model.submit(
                    new BatchRequest<>(questions.stream().map(exchange::request).toList()));
            return Objects.requireNonNull(taken.batchId(), "the provider took the batch and gave it no id");
        } catch (RuntimeException e) {
            throw exchange.failure(e);
        }
    }

    @Override
    public BatchProgress<A> poll(String id, List<Q> questions) throws InterruptedException {
        BatchResponse<ChatResponse> batch;
        try {
            batch = model.retrieve(id);
        } catch (RuntimeException e) {
            return failedToRetrieve(e);
        }
        BatchState state = batch.state() == null ? BatchState.UNSPECIFIED : batch.state();
        return state.isTerminal()
                ? ended(state, batch.results() == null ? List.of() : batch.results(), questions)
                : new BatchProgress.Running<>(word(state));
    }

    private BatchProgress<A> failedToRetrieve(RuntimeException e) throws InterruptedException {
        RuntimeException said = exchange.failure(e);
        CallFailure known = CallFailure.of(e);
        if (known.isPassing()) {
            throw said instanceof RetryableRoleException
                    ? said
                    : new RetryableRoleException(String.valueOf(said.getMessage()), said);
        }
        if (TO_BE_SEEN_TO.contains(known.reason())) {
            throw said;
        }
        return new BatchProgress.Lost<>(String.valueOf(said.getMessage()), false);
    }

    private static String word(BatchState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private BatchProgress<A> ended(BatchState state, List<BatchItemResult<ChatResponse>> results, List<Q> questions)
            throws InterruptedException {
        if (results.size() != questions.size()) {
            return new BatchProgress.Lost<>(
                    "it " + word(state) + " with " + results.size() + " results to " + questions.size()
                            + " requests, so that it is not known which belongs to which",
                    false);
        }
        List<BatchItem<A>> items = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            items.add(item(results.get(i), questions.get(i)));
        }
        return new BatchProgress.Ended<>(items);
    }

    private BatchItem<A> item(BatchItemResult<ChatResponse> result, Q question) throws InterruptedException {
        if (!result.isSuccess()) {
            return unanswered(result.error());
        }
        try {
            return new BatchItem.Answered<>(exchange.read(question, result.response()));
        } catch (RuntimeException e) {
            return new BatchItem.Unanswered<>(String.valueOf(exchange.failure(e).getMessage()), false);
        }
    }

    private BatchItem<A> unanswered(BatchError error) throws InterruptedException {
        boolean unbilled = ItemFailure.isUnbilled(error);
        Optional<RuntimeException> exception = ItemFailure.exception(error);
        if (exception.isEmpty()) {
            return new BatchItem.Unanswered<>(ProviderWords.quote(ItemFailure.words(error)), unbilled);
        }
        return new BatchItem.Unanswered<>(
                String.valueOf(exchange.failure(exception.get()).getMessage()),
                unbilled || CallFailure.of(exception.get()).isUnbilled());
    }

    @Override
    public void cancel(String id) throws InterruptedException {
        try {
            model.cancel(id);
        } catch (RuntimeException e) {
            throw exchange.failure(e);
        }
    }

    /** The newest batches of the account. */
    @Override
    public Optional<Set<String>> present() throws InterruptedException {
        try {
            BatchPage<ChatResponse> page = model.list(new BatchPagination(PAGE, null));
            return Optional.of(page.batches().stream()
                    .map(BatchResponse::batchId)
                    .filter(Objects::nonNull)
                    .collect(Collectors.toSet()));
        } catch (RuntimeException e) {
            throw exchange.failure(e);
        }
    }

    @Override
    public int largest() {
        return terms.largest();
    }

    @Override
    public double priceFactor() {
        return terms.priceFactor();
    }
}
