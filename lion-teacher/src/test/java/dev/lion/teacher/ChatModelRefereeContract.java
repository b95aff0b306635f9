package dev.lion.teacher;

import dev.lion.role.Referee;
import dev.lion.teacher.ModelProtocol.Answer;
import dev.lion.testing.BlockedCall;
import dev.lion.testing.RefereeContract;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;

/** Over a real client and real HTTP, with a model that knows the right answers of the contract's comparisons. */
public abstract class ChatModelRefereeContract extends RefereeContract {
    private static final Pattern RIGHT_FIRST =
            Pattern.compile("<<<BEGIN ANSWER 1 \\w+>>>\n(Paris|42|apple, fig, pear)\n");
    private static final Pattern RIGHT_SECOND =
            Pattern.compile("<<<BEGIN ANSWER 2 \\w+>>>\n(Paris|42|apple, fig, pear)\n");

    private final ContractServer servers = new ContractServer(protocol());

    /** The provider. */
    protected abstract ModelProtocol protocol();

    @AfterEach
    final void close() {
        servers.close();
    }

    private static Answer judge(String system, String user) {
        return ModelProtocol.text("As far as I know.\nScore of answer 1: " + score(RIGHT_FIRST, user)
                + "\nScore of answer 2: " + score(RIGHT_SECOND, user));
    }

    private static int score(Pattern right, String user) {
        return right.matcher(user).find() ? 10 : 2;
    }

    @Override
    protected Referee create() throws IOException {
        return ChatModelReferee.of(servers.replying(ChatModelRefereeContract::judge));
    }

    @Override
    protected Optional<BlockedCall<Referee>> createBlocked() throws IOException {
        return Optional.of(servers.silent(ChatModelReferee::of));
    }

    @Override
    protected Optional<Referee> createFailingForNow() throws IOException {
        return Optional.of(ChatModelReferee.of(servers.overloaded()));
    }

    @Override
    protected Optional<Referee> createFailingForGood() throws IOException {
        return Optional.of(ChatModelReferee.of(servers.refusing()));
    }
}
