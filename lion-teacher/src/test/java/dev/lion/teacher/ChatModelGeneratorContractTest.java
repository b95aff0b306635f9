package dev.lion.teacher;

import static dev.lion.teacher.ChatCompletionsServer.completion;
import static dev.lion.teacher.ChatCompletionsServer.message;

import dev.lion.role.Generator;
import dev.lion.testing.BlockedCall;
import dev.lion.testing.GeneratorContract;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

/** Over the real client and real HTTP, with a model whose chance is the request that it is sent. */
class ChatModelGeneratorContractTest extends GeneratorContract {
    private final ContractServer servers = new ContractServer();

    @AfterEach
    void close() {
        servers.close();
    }

    @Override
    protected Generator create() throws IOException {
        return ChatModelGenerator.of(servers.replying(
                request -> completion("Sort word " + message(request, "user").hashCode() + " and its neighbours.")));
    }

    @Override
    protected Optional<BlockedCall<Generator>> createBlocked() throws IOException {
        return Optional.of(servers.silent(ChatModelGenerator::of));
    }

    @Override
    protected Optional<Generator> createFailingForNow() throws IOException {
        return Optional.of(ChatModelGenerator.of(servers.overloaded()));
    }

    @Override
    protected Optional<Generator> createFailingForGood() throws IOException {
        return Optional.of(ChatModelGenerator.of(servers.refusing()));
    }
}
