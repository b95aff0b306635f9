package dev.lion.examples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.langchain4j.exception.HttpException;
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
    private static final JsonMapper JSON = new JsonMapper();
    private static final String NO_KEY = "none";

    private final String name;
    private final URI url;
    private final StreamingChatModel model;

    private ServedStudent(String name, URI url, StreamingChatModel model) {
        this.name = name;
        this.url = url;
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
                url,
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
        return new LionException("no models are listed at " + url + ": " + reason(url, failure), failure);
    }

    private static String reason(URI url, Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null
                && !(cause instanceof LangChain4jException)
                && !(cause instanceof ConnectException)) {
            cause = cause.getCause();
        }
        if (cause instanceof ConnectException) {
            return "no server listens there";
        }
        String said = message(String.valueOf(cause.getMessage()));
        return said + hint(url, failure);
    }

    /** What a server says, of the error that it replies with; that as it is, where it is none. */
    private static String message(String reply) {
        try {
            return JSON.readTree(reply).at("/error/message").asText(reply);
        } catch (JsonProcessingException e) {
            return reply;
        }
    }

    private static String hint(URI url, Throwable failure) {
        return switch (status(failure)) {
            case 401 -> "; give the server's key with --key-env";
            case 404 ->
                String.valueOf(url.getPath()).endsWith("/v1") ? "" : "; is /v1 missing at the end of " + url + "?";
            default -> "";
        };
    }

    /** The status of the server's reply; 0 where there was none. */
    private static int status(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpException reply) {
                return reply.statusCode();
            }
        }
        return 0;
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
            throw new LionException("no answer: " + reason(url, Objects.requireNonNull(e.getCause())), e);
        }
    }
}
