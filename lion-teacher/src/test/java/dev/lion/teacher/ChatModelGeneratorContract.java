package dev.lion.teacher;

import dev.lion.role.Generator;
import dev.lion.testing.BlockedCall;
import dev.lion.testing.GeneratorContract;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

/** Over a real client and real HTTP, with a model whose chance is the request that it is sent. */
public abstract class ChatModelGeneratorContract extends GeneratorContract {
    private final ContractServer servers = new ContractServer(protocol());

    /** The provider. */
    protected abstract ModelProtocol protocol();

    @AfterEach
    final void close() {
        servers.close();
    }

    @Override
    protected Generator create() throws IOException {
        return ChatModelGenerator.of(servers.replying(
                (system, user) -> ModelProtocol.text("Sort word " + user.hashCode() + " and its neighbours.")));
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
