package dev.lion.teacher;

import dev.lion.role.Teacher;
import dev.lion.testing.BlockedCall;
import dev.lion.testing.TeacherContract;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

/** Over a real client and real HTTP. */
public abstract class ChatModelTeacherContract extends TeacherContract {
    private final ContractServer servers = new ContractServer(protocol());

    /** The provider. */
    protected abstract ModelProtocol protocol();

    @AfterEach
    final void close() {
        servers.close();
    }

    @Override
    protected Teacher create() throws IOException {
        return ChatModelTeacher.of(servers.replying((system, user) -> ModelProtocol.text("You said: " + user)));
    }

    @Override
    protected Optional<BlockedCall<Teacher>> createBlocked() throws IOException {
        return Optional.of(servers.silent(ChatModelTeacher::of));
    }

    @Override
    protected Optional<Teacher> createFailingForNow() throws IOException {
        return Optional.of(ChatModelTeacher.of(servers.overloaded()));
    }

    @Override
    protected Optional<Teacher> createFailingForGood() throws IOException {
        return Optional.of(ChatModelTeacher.of(servers.refusing()));
    }
}
