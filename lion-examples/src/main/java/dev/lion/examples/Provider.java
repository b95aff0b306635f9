package dev.lion.examples;

import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Whose protocol a chat model speaks. The clients repeat nothing by themselves: lion repeats what may be repeated, and keeps
 * the books of it.
 */
enum Provider {
    /** OpenAI, and every server that offers chat completions: vLLM, llama.cpp, most hosted services. */
    OPENAI("https://api.openai.com/v1", Optional.of("OPENAI_API_KEY")) {
        @Override
        ChatModel model(Access access) {
            return OpenAiChatModel.builder()
                    .baseUrl(access.url())
                    .modelName(access.model())
                    .apiKey(access.key().orElse("none"))
                    .timeout(TIMEOUT)
                    .maxRetries(0)
                    .build();
        }
    },

    /** Anthropic's messages. */
    ANTHROPIC("https://api.anthropic.com/v1", Optional.of("ANTHROPIC_API_KEY")) {
        @Override
        ChatModel model(Access access) {
            var builder = AnthropicChatModel.builder()
                    .baseUrl(access.url())
                    .modelName(access.model())
                    .apiKey(access.key().orElseThrow())
                    .timeout(TIMEOUT)
                    .maxRetries(0);
            access.ownLimit().ifPresent(builder::maxTokens); // the protocol always wants one
            return builder.build();
        }
    },

    /** A local Ollama; a hosted one takes a key. */
    OLLAMA("http://localhost:11434", Optional.empty()) {
        @Override
        ChatModel model(Access access) {
            var builder = OllamaChatModel.builder()
                    .baseUrl(access.url())
                    .modelName(access.model())
                    .numCtx(CONTEXT)
                    .timeout(TIMEOUT)
                    .maxRetries(0);
            access.key().ifPresent(key -> builder.customHeaders(Map.of("Authorization", "Bearer " + key)));
            return builder.build();
        }
    };

    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    /** Ollama cuts the begin of a longer prompt without a word; a referee reads two answers of 1024 tokens. */
    private static final int CONTEXT = 8192;

    private final String usualUrl;
    private final Optional<String> usualKeyVariable;

    Provider(String usualUrl, Optional<String> usualKeyVariable) {
        this.usualUrl = usualUrl;
        this.usualKeyVariable = usualKeyVariable;
    }

    /**
     * How a model is reached. Its text names no key.
     *
     * @param url base URL
     * @param model the model's name there
     * @param key sent with each request
     * @param ownLimit the most tokens of a reply, where none is sent with the request
     */
    record Access(String url, String model, Optional<String> key, OptionalInt ownLimit) {
        @Override
        public String toString() {
            return "Access[model=" + model + "]";
        }
    }

    /** The real client of a model. */
    abstract ChatModel model(Access access);

    /** Where its service usually is. */
    String usualUrl() {
        return usualUrl;
    }

    /** The environment variable that usually holds the key; empty when there usually is none. */
    Optional<String> usualKeyVariable() {
        return usualKeyVariable;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
