package dev.lion.teacher;

import dev.langchain4j.model.chat.ChatModel;
import dev.lion.teacher.ModelProtocol.Answer;
import dev.lion.teacher.ModelProtocol.Kind;
import dev.lion.teacher.ModelProtocol.Script;
import dev.lion.testing.BlockedCall;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/** Real clients of servers on loopback that reply, are overloaded, refuse, or never reply. Closes what it started. */
final class ContractServer implements AutoCloseable {
    private final ModelProtocol protocol;
    private final List<ModelProtocol.Server> servers = new ArrayList<>();

    ContractServer(ModelProtocol protocol) {
        this.protocol = protocol;
    }

    ChatModel replying(Script script) throws IOException {
        ModelProtocol.Server server = protocol.start(script);
        servers.add(server);
        return server.client();
    }

    ChatModel overloaded() throws IOException {
        return replying((system, user) -> new Answer.Failure(Kind.OVERLOADED));
    }

    ChatModel refusing() throws IOException {
        return replying((system, user) -> new Answer.Failure(Kind.WRONG_KEY));
    }

    /** A call whose server has the request and does not reply. */
    <R> BlockedCall<R> silent(Function<ChatModel, R> role) throws IOException {
        CountDownLatch reached = new CountDownLatch(1);
        return new BlockedCall<>(
                role.apply(replying((system, user) -> {
                    reached.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt(); // the server is closed
                    }
                    return ModelProtocol.text("");
                })),
                reached);
    }

    @Override
    public void close() {
        servers.forEach(ModelProtocol.Server::close);
    }
}
