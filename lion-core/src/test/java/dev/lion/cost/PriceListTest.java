package dev.lion.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceListTest {
    @TempDir
    private Path temp;

    private Path file(String text) throws IOException {
        return Files.writeString(temp.resolve("prices.json"), text);
    }

    @Test
    void bundled_everyEntry_saysWhenItWasSeen() {
        PriceList.Entry entry = PriceList.bundled().find("gpt-4o-mini").orElseThrow();
        assertThat(entry.price()).isEqualTo(Price.perMillionTokens(0.15, 0.6));
        assertThat(entry.asOf()).hasValue(YearMonth.of(2026, 3));
        assertThat(PriceList.bundled().find("gpt-4o-mini-of-mine")).isEmpty();
    }

    @Test
    void read_ownList_takesItsPricesExactly() throws IOException {
        PriceList list = PriceList.read(file("{\"prices\": [{\"model\": \"m\", \"input\": 0.1, \"output\": 3}]}"));
        assertThat(list.find("m"))
                .hasValue(new PriceList.Entry("m", Price.perMillionTokens(0.1, 3), java.util.Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | no list named",
                "{\"prices\": | not JSON",
                "{\"prices\": [{\"input\": 1, \"output\": 1}]} | no \"model\"",
                "{\"prices\": [{\"model\": \"m\", \"input\": \"1\", \"output\": 1}]} | \"input\" must be a number",
                "{\"prices\": [{\"model\": \"m\", \"input\": 1, \"output\": -1}]} | must not be negative",
                "{\"prices\": [{\"model\": \"m\", \"input\": 1, \"output\": 1, \"asOf\": \"spring\"}]} | spring",
                "{\"prices\": [{\"model\": \"m\", \"input\": 1, \"output\": 1}, {\"model\": \"m\", \"input\": 1, \"output\": 1}]}"
                        + " | m is in it twice"
            })
    void read_unusable_namesTheFileTheFaultAndTheForm(String text, String fault) throws IOException {
        Path file = file(text);
        assertThatThrownBy(() -> PriceList.read(file))
                .isInstanceOf(PriceListException.class)
                .hasMessageContainingAll(file.toString(), fault, "it should look like");
    }

    @Test
    void read_missing_namesTheFile() {
        assertThatThrownBy(() -> PriceList.read(temp.resolve("none.json")))
                .isInstanceOf(PriceListException.class)
                .hasMessageContaining("none.json");
    }
}
