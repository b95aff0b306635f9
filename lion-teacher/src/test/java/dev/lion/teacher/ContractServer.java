package dev.lion.teacher;

import static dev.lion.teacher.ChatCompletionsServer.status;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.model.chat.ChatModel;
import dev.lion.teacher.ChatCompletionsServer.Reply;
import dev.lion.testing.BlockedCall;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/** Real clients of servers on loopback that reply, are overloaded, refuse, or never reply. Closes what it started. */
final class ContractServer implements AutoCloseable {
    private final List<ChatCompletionsServer> servers = new ArrayList<>();

    ChatModel replying(Function<JsonNode, Reply> script) throws IOException {
        ChatCompletionsServer server = ChatCompletionsServer.start(script);
        servers.add(server);
        return ChatModelFixture.model(server);
    }

    ChatModel overloaded() throws IOException {
        return replying(request -> status(503, "{\"error\":{\"message\":\"overloaded\"}}"));
    }

    ChatModel refusing() throws IOException {
        return replying(request -> status(401, "{\"error\":{\"message\":\"wrong key\"}}"));
    }

    /** A call whose server has the request and does not reply. */
    <R> BlockedCall<R> silent(Function<ChatModel, R> role) throws IOException {
        CountDownLatch reached = new CountDownLatch(1);
        return new BlockedCall<>(
                role.apply(replying(request -> {
                    reached.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt(); // the server is closed
                    }
                    return status(500, "");
                })),
                reached);
    }

    @Override
    public void close() {
        servers.forEach(ChatCompletionsServer::close);
    }
}
