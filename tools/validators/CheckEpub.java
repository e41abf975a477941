// Runs EPUBCheck over books in one virtual machine; one line for each finding:
//   FILE <tab> SEVERITY <tab> ID <tab> WHERE <tab> MESSAGE      (SEVERITY is DONE when a book is through)
import com.adobe.epubcheck.api.EPUBLocation;
import com.adobe.epubcheck.api.EpubCheck;
import com.adobe.epubcheck.api.MasterReport;
import com.adobe.epubcheck.messages.Message;
import com.adobe.epubcheck.util.FeatureEnum;
import java.io.File;
import java.io.PrintStream;

class CheckEpub {
    private static final PrintStream OUT = new PrintStream(System.out, true, java.nio.charset.StandardCharsets.UTF_8);

    private static void line(String... cells) {
        for (int i = 0; i < cells.length; i++) {
            cells[i] = cells[i] == null ? "" : cells[i].replaceAll("\\s+", " ");
        }
        OUT.println(String.join("\t", cells));
    }

    private static final class Lines extends MasterReport {
        private final String book;

        Lines(String book) {
            this.book = book;
            setEpubFileName(book);
        }

        @Override
        public void message(Message message, EPUBLocation at, Object... details) {
            switch (message.getSeverity()) {
                case FATAL, ERROR, WARNING -> line(book, message.getSeverity().name(), message.getID().name(),
                        at == null ? "" : at.getPath() + ":" + at.getLine(), message.getMessage(details));
                default -> { }
            }
        }

        @Override
        public void info(String resource, FeatureEnum feature, String value) { }

        @Override
        public void initialize() { }

        @Override
        public int generate() {
            return 0;
        }
    }

    public static void main(String[] books) {
        for (String book : books) {
            new EpubCheck(new File(book), new Lines(book)).doValidate();
            line(book, "DONE", "", "", "");
        }
    }
}
