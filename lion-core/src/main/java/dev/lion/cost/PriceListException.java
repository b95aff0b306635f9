package dev.lion.cost;

import dev.lion.LionException;
import java.nio.file.Path;

/** A list of prices cannot be read; the message names the file, what is wrong, and how it should look. */
public class PriceListException extends LionException {
    private static final long serialVersionUID = 1L;

    PriceListException(Path file, String fault) {
        super("the price list " + file + " cannot be read: " + fault + "; it should look like {\"prices\": [{\"model\":"
                + " \"gpt-4o-mini\", \"input\": 0.15, \"output\": 0.60, \"asOf\": \"2026-03\"}]}, in dollars for a million"
                + " tokens");
    }
}
