package dev.mainstay.core.read;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads the search documents of a table: `search: {document: {columns: [title, body], language:
/// english}}`, or `search: {document: [title, body]}` for words as they are.
final class DocumentReader {
  /// The text search configurations that every PostgreSQL comes with.
  static final List<String> LANGUAGES =
      List.of(
          "simple",
          "arabic",
          "armenian",
          "basque",
          "catalan",
          "danish",
          "dutch",
          "english",
          "finnish",
          "french",
          "german",
          "greek",
          "hindi",
          "hungarian",
          "indonesian",
          "irish",
          "italian",
          "lithuanian",
          "nepali",
          "norwegian",
          "portuguese",
          "romanian",
          "russian",
          "serbian",
          "spanish",
          "swedish",
          "tamil",
          "turkish",
          "yiddish");

  private final Scope scope;
  private final Draft draft;

  DocumentReader(Scope scope, Draft draft) {
    this.scope = scope;
    this.draft = draft;
  }

  void read(List<Yaml.Entry> entries) {
    for (Yaml.Entry entry : entries) {
      Name name = Name.of(entry.key());
      if (!mayBeCalled(name)) continue;
      Draft.Document document = document(name, entry.value());
      if (document != null) draft.documents.add(document);
    }
  }

  private boolean mayBeCalled(Name name) {
    if (!scope.mayBeCalled("search document", name.text(), name.position())) return false;
    String folded = name.text().toLowerCase(Locale.ROOT);
    Name column = draft.columnsByFolded.get(folded);
    if (column != null)
      scope.faults.add(
          name.position(),
          "'" + name + "' is the name of a column already",
          "a search document needs a name of its own: columns and documents are named alike");
    for (Draft.Document other : draft.documents)
      if (other.name().text().toLowerCase(Locale.ROOT).equals(folded))
        scope.faults.add(
            name.position(),
            "'" + name + "' and '" + other.name() + "' differ only by case",
            "give one of them another name");
    return column == null;
  }

  private Draft.@Nullable Document document(Name name, Yaml yaml) {
    if (!(yaml instanceof Yaml.Mapping)) {
      List<Name> columns = Section.names(scope, yaml, "a search document");
      return columns.isEmpty() ? null : new Draft.Document(name, columns, "simple");
    }
    Section section =
        Section.of(scope, yaml, "search document '" + name + "'", Keys.SEARCH_DOCUMENT);
    List<Name> columns = section.names("columns");
    if (section.lacks("columns"))
      scope.faults.add(name.position(), "a search document needs 'columns'");
    Name language = section.name("language");
    if (language != null && !LANGUAGES.contains(language.text()))
      scope.faults.unknown(language.position(), "language", language.text(), LANGUAGES);
    if (columns.isEmpty()) return null;
    return new Draft.Document(name, columns, language == null ? "simple" : language.text());
  }

  /// The documents whose columns are sound.
  static List<Table.Search> resolved(Scope scope, Draft draft) {
    var searches = new ArrayList<Table.Search>();
    for (Draft.Document document : draft.documents)
      if (isSound(scope, draft, document))
        searches.add(
            new Table.Search(
                document.name().text(),
                document.columns().stream().map(Name::text).toList(),
                document.language()));
    return searches;
  }

  private static boolean isSound(Scope scope, Draft draft, Draft.Document document) {
    boolean sound = true;
    for (Name name : document.columns()) {
      Draft.Column column = draft.columns.get(name.text());
      if (column == null) Resolver.unknownColumn(scope, draft, name);
      else if (column.type != null && !isText(column.type))
        scope.faults.add(
            name.position(),
            "'" + name + "' is " + column.type + ", and a search document is made of text",
            "name columns of type text or varchar");
      sound &= column != null && column.type != null && isText(column.type);
    }
    return sound;
  }

  private static boolean isText(ColumnType type) {
    return type instanceof ColumnType.Text || type instanceof ColumnType.Varchar;
  }
}
