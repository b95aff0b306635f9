package dev.lion.teacher.chat;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.lion.cost.Allowance;
import dev.lion.cost.Allowance.Reservation;
import dev.lion.cost.Budget;
import dev.lion.cost.BudgetExhaustedException;
import dev.lion.cost.Price;
import dev.lion.data.Amount;
import dev.lion.data.TokenUsage;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what an application spends on a model within limits of calls, tokens and money, however many threads ask. Before a
 * request is sent, the most that it may take is set aside; when it has ended, what it took is spent. Where there is no room,
 * a request waits for others in flight to give back what they did not take, five minutes by default, and is then refused
 * with a {@link BudgetReachedException}, which LangChain4j does not repeat.
 *
 * <p><b>Which budget to use.</b> This one for an application of your own, as long as the process lives: nothing is written
 * to disk. A run of lion's loop has its own, {@code AdversarialLoop.builder().budget(..)}, which holds over all sittings of
 * the run and knows roles and stages; there, this one is of use only as a second limit over several runs of one process.
 *
 * <p><b>What counts.</b> A failed request counts as a call, and as charged in full unless it is {@linkplain
 * CallFailure#isUnbilled known not to be}. A reply that reports no tokens counts as the most it may have taken, unless the
 * model is {@link Price#FREE}. {@link FreeTokenUsage} counts as none. For limits of tokens and money a request must have a
 * known most: a token for each byte of its text, and the limit on the reply that it sends, or the model's, which {@link
 * Builder#modelOutputLimit} tells. For any thread.
 */
public final class BudgetedChatModel extends ChatModelDecorator {
    private final Budget budget;
    private final Allowance allowance;
    private final Duration patience;
    private final OptionalInt modelOutputLimit;
    private final Optional<Function<ChatRequest, TokenUsage>> most;

    private BudgetedChatModel(Builder builder) {
        super(builder.model);
        this.budget = builder.budget;
        this.allowance = builder.price
                .map(price -> Allowance.of(builder.budget, price))
                .orElseGet(() -> Allowance.of(builder.budget));
        this.patience = builder.patience;
        this.modelOutputLimit = builder.modelOutputLimit;
        this.most = builder.most;
    }

    /** A budget of calls and tokens. */
    public static BudgetedChatModel of(ChatModel model, Budget budget) {
        return builder(model, budget).build();
    }

    /** A budget that may limit money too. */
    public static BudgetedChatModel of(ChatModel model, Budget budget, Price price) {
        return builder(model, budget).price(price).build();
    }

    /** A builder, for other settings. */
    public static Builder builder(ChatModel model, Budget budget) {
        return new Builder(model, budget);
    }

    /** What is spent; requests in flight left out. */
    public Amount spent() {
        return allowance.spent();
    }

    /** The most that can have been spent once every request in flight has ended. */
    public Amount committed() {
        return allowance.committed();
    }

    /**
     * Hands the request on, when the budget has room for it.
     *
     * @throws BudgetReachedException when it has not, or the most that the request may take is not known
     */
    @Override
    public ChatResponse chat(ChatRequest request, ChatRequestOptions options) {
        Reservation reservation = reserve(budget.needsBounds() ? most(request) : TokenUsage.NONE);
        ChatResponse reply;
        try {
            reply = ask(request, options);
        } catch (Throwable failure) {
            if (CallFailure.of(failure).isUnbilled()) {
                reservation.refused();
            } else {
                reservation.lost();
            }
            throw failure;
        }
        reservation.settle(usage(reply.tokenUsage()));
        return reply;
    }

    private Reservation reserve(TokenUsage mostTokens) {
        try {
            return allowance.reserve(mostTokens, patience);
        } catch (BudgetExhaustedException e) {
            throw new BudgetReachedException(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotSentException("interrupted while waiting for room in the budget; no call was made", e);
        }
    }

    private TokenUsage most(ChatRequest request) {
        if (most.isPresent()) {
            return most.get().apply(request);
        }
        ChatRequestParameters parameters = defaultRequestParameters().overrideWith(request.parameters());
        return MostTokens.of(request.messages(), parameters, modelOutputLimit)
                .orElseThrow(() -> new BudgetReachedException(
                        "a budget of tokens or money needs to know the most that a request may take: send"
                                + " maxOutputTokens or build the budget with modelOutputLimit(..), and for messages with"
                                + " more than text with mostTokens(..)"));
    }

    private static TokenUsage usage(dev.langchain4j.model.output.@Nullable TokenUsage usage) {
        if (usage instanceof FreeTokenUsage) {
            return TokenUsage.FREE;
        }
        return usage == null
                ? TokenUsage.NONE
                : new TokenUsage(count(usage.inputTokenCount()), count(usage.outputTokenCount()));
    }

    private static long count(@Nullable Integer tokens) {
        return tokens == null ? 0 : Math.max(0, tokens);
    }

    /** Settings of a {@link BudgetedChatModel}. Not for several threads at once. */
    public static final class Builder {
        private final ChatModel model;
        private final Budget budget;
        private Optional<Price> price = Optional.empty();
        private Duration patience = Duration.ofMinutes(5);
        private OptionalInt modelOutputLimit = OptionalInt.empty();
        private Optional<Function<ChatRequest, TokenUsage>> most = Optional.empty();

        private Builder(ChatModel model, Budget budget) {
            this.model = Objects.requireNonNull(model, "model");
            this.budget = Objects.requireNonNull(budget, "budget");
        }

        /** What the model's tokens cost; a limit on money needs it. */
        public Builder price(Price newPrice) {
            price = Optional.of(newPrice);
            return this;
        }

        /** How long a request may wait for others to end; five minutes by default, zero refuses at once. */
        public Builder patience(Duration newPatience) {
            if (newPatience.isNegative()) {
                throw new IllegalArgumentException("patience must not be negative: " + newPatience);
            }
            patience = newPatience;
            return this;
        }

        /** The longest reply of the model in tokens, hidden reasoning included, for requests that send no limit. */
        public Builder modelOutputLimit(int tokens) {
            if (tokens < 1) {
                throw new IllegalArgumentException("modelOutputLimit must be 1 or more: " + tokens);
            }
            modelOutputLimit = OptionalInt.of(tokens);
            return this;
        }

        /** The most that a request may take, where bytes do not tell it, as of messages with images. */
        public Builder mostTokens(Function<ChatRequest, TokenUsage> newMost) {
            most = Optional.of(newMost);
            return this;
        }

        /**
         * The model with its budget.
         *
         * @throws IllegalArgumentException when money is limited and there is no price, or time is limited
         */
        public BudgetedChatModel build() {
            return new BudgetedChatModel(this);
        }
    }
}
