package dev.lion.teacher.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What lion makes of each fault of a server or a network, over HTTP with LangChain4j's OpenAI client. With the system property
 * {@code lion.faults} the table goes to that file as Markdown; see {@link FaultTable}.
 */
class FaultSuiteTest {
    private static final List<String> ROWS = new ArrayList<>();

    static List<FaultCase> faults() {
        return FaultTable.cases();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    @Timeout(30)
    void chat_fault_isToldApartAndRepeatedOrNot(FaultCase fault) throws Exception {
        Observation observed = Observation.of(fault);
        ROWS.add(observed.row(fault));

        assertThat(observed.reason()).as(observed.message()).isEqualTo(fault.reason());
        assertThat(observed.charged()).as("charged").isEqualTo(fault.charged());
        assertThat(observed.recovered()).as("recovered").isEqualTo(fault.isRepeated());
        assertThat(observed.requests()).as("requests").isEqualTo(fault.isRepeated() ? 2 : 1);
        assertThat(observed.role()).as("at the role").isEqualTo(fault.role());
        assertThat(observed.pauses()).hasSize(observed.requests() - 1);
        assertThat(observed.pauses()).allSatisfy(pause -> assertThat(pause).isGreaterThanOrEqualTo(fault.asked()));
    }

    @AfterAll
    static void write() throws IOException {
        String file = System.getProperty("lion.faults", "");
        if (!file.isEmpty()) {
            List<String> table = new ArrayList<>(List.of(
                    "| The server | is told as | repeated | counts as charged | a role's call |",
                    "|---|---|---|---|---|"));
            table.addAll(ROWS);
            Files.write(Path.of(file), table);
        }
    }
}
