package dev.lion.teacher;

import dev.langchain4j.model.chat.BatchChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.lion.LionException;
import dev.lion.role.Batches;
import dev.lion.teacher.batch.BatchExchange;
import dev.lion.teacher.batch.BatchTerms;
import dev.lion.teacher.batch.ChatModelBatches;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;

/** A model for batches beside a role's single calls, and on which terms. */
record RoleBatches(BatchChatModel model, BatchTerms terms) {
    RoleBatches {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(terms, "terms");
    }

    /** The batches of a role whose single calls are these. */
    <Q, A> Batches<Q, A> of(ModelCall call, Function<Q, ChatRequest> request, BiFunction<Q, ChatResponse, A> read) {
        return new ChatModelBatches<>(model, terms, new BatchExchange<Q, A>() {
            @Override
            public ChatRequest request(Q question) {
                return request.apply(question);
            }

            @Override
            public A read(Q question, ChatResponse reply) {
                return read.apply(question, reply);
            }

            @Override
            public LionException failure(RuntimeException failure) throws InterruptedException {
                return ModelFailures.translate(call.role(), failure);
            }
        });
    }
}
