package dev.lion.teacher;

import static dev.lion.teacher.ChatCompletionsServer.completion;
import static dev.lion.teacher.ChatCompletionsServer.message;

import dev.lion.role.Teacher;
import dev.lion.testing.BlockedCall;
import dev.lion.testing.TeacherContract;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

/** Over the real client and real HTTP. */
class ChatModelTeacherContractTest extends TeacherContract {
    private final ContractServer servers = new ContractServer();

    @AfterEach
    void close() {
        servers.close();
    }

    @Override
    protected Teacher create() throws IOException {
        return ChatModelTeacher.of(servers.replying(request -> completion("You said: " + message(request, "user"))));
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
