package dev.lion.teacher;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import java.time.Duration;

/** The real client, pointed at a test server. */
final class ChatModelFixture {
    static final String KEY = "sk-test-0123456789abcdef";

    private ChatModelFixture() {}

    static ChatModel model(ChatCompletionsServer server) {
        return builder(server).build();
    }

    static OpenAiChatModel.OpenAiChatModelBuilder builder(ChatCompletionsServer server) {
        return OpenAiChatModel.builder()
                .baseUrl(server.baseUrl())
                .apiKey(KEY)
                .modelName("configured")
                .timeout(Duration.ofSeconds(10))
                .maxRetries(0);
    }
}
