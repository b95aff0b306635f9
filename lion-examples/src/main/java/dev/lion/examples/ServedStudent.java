package dev.lion.examples;

import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiModelCatalog;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.lion.LionException;
import java.net.ConnectException;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** A student behind a server, asked through LangChain4j's client of OpenAI's protocol. */
final class ServedStudent {
    private static final String NO_KEY = "none";

    private final String name;
    private final StreamingChatModel model;

    private ServedStudent(String name, StreamingChatModel model) {
        this.name = name;
        this.model = model;
    }

    /**
     * A server's model of that name, else the first that it lists.
     *
     * @throws LionException when there is no such server, or it has no model
     */
    static ServedStudent at(
            URI url, Optional<String> asked, Optional<String> key, double temperature, int maxNewTokens) {
        String name = asked.orElseGet(() -> first(url, key));
        return new ServedStudent(
                name,
                OpenAiStreamingChatModel.builder()
                        .baseUrl(url.toString())
                        .apiKey(key.orElse(NO_KEY))
                        .modelName(name)
                        .temperature(temperature)
                        .maxTokens(maxNewTokens)
                        .build());
    }

    private static String first(URI url, Optional<String> key) {
        try {
            return OpenAiModelCatalog.builder()
                    .baseUrl(url.toString())
                    .apiKey(key.orElse(NO_KEY))
                    .build()
                    .listModels()
                    .stream()
                    .findFirst()
                    .orElseThrow(() -> new LionException("the server at " + url + " lists no model"))
                    .name();
        } catch (LionException e) {
            throw e;
        } catch (RuntimeException e) {
            throw unreachable(url, e);
        }
    }

    private static LionException unreachable(URI url, RuntimeException failure) {
        return new LionException("no models are listed at " + url + ": " + reason(failure), failure);
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null
                && !(cause instanceof LangChain4jException)
                && !(cause instanceof ConnectException)) {
            cause = cause.getCause();
        }
        if (cause instanceof ConnectException) {
            return "no server listens there";
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    String name() {
        return name;
    }

    /** Prints the answer to a question as it comes. */
    void answer(String question) throws InterruptedException {
        var end = new CompletableFuture<ChatResponse>();
        model.chat(question, new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(String text) {
                System.out.print(text);
                System.out.flush();
            }

            @Override
            public void onCompleteResponse(ChatResponse response) {
                end.complete(response);
            }

            @Override
            public void onError(Throwable error) {
                end.completeExceptionally(error);
            }
        });
        try {
            end.get();
            System.out.println();
        } catch (ExecutionException e) {
            System.out.println();
            throw new LionException("no answer: " + reason(Objects.requireNonNull(e.getCause())), e);
        }
    }
}
