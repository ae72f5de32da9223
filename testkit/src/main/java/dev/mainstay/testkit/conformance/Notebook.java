package dev.mainstay.testkit.conformance;

import dev.mainstay.core.plan.Caller;
import dev.mainstay.testkit.Backend;
import dev.mainstay.testkit.Callers;
import dev.mainstay.testkit.EngineUnderTest;
import java.util.Map;

/// Notes of several owners, some of them in teams, under policies of every kind.
///
/// Alice owns notes 1 and 2, Bob 3 and 4; note 4 belongs to team 7, whose members are Bob and
/// Alice; note 5 has no owner. Notes 2 and 5 are published. Carol has nothing and belongs to
/// nobody.
final class Notebook {
  static final String ALICE_ID = "aaaaaaaa-0000-4000-8000-000000000001";
  static final String BOB_ID = "bbbbbbbb-0000-4000-8000-000000000002";
  static final String CAROL_ID = "cccccccc-0000-4000-8000-000000000003";

  static final Caller ALICE = Callers.user(ALICE_ID);
  static final Caller BOB = Callers.user(BOB_ID);
  static final Caller CAROL = Callers.user(CAROL_ID);

  /// A role for which no policy speaks.
  static final Caller STRANGER = Callers.outside("stranger", Map.of("sub", ALICE_ID));

  private static final String MODEL =
      """
      roles: [stranger]
      tables:
        teams:
          columns:
            id: {type: bigint, primary_key: true}
            name: text
          policies:
            read: {authenticated: 'row.members.exists(m, m.user_id == auth.uid)'}
        members:
          columns:
            team_id: {type: bigint, references: teams}
            user_id: uuid
          primary_key: [team_id, user_id]
          policies:
            read: {authenticated: row.user_id == auth.uid}
        notes:
          columns:
            id: {type: bigint, primary_key: true}
            owner_id: {type: uuid, nullable: true, default: auth.uid}
            team_id: {type: bigint, nullable: true, references: teams}
            title: text
            secret: {type: text, nullable: true, hidden_from: [anon, authenticated]}
            state: {type: text, default: draft, read_only_for: [authenticated]}
            published: {type: boolean, default: false}
            price: {type: 'decimal(6,2)', nullable: true}
          policies:
            read:
              anon: row.published
              authenticated: row.owner_id == auth.uid || row.published || row.team.members.exists(m, m.user_id == auth.uid)
            insert:
              authenticated: new.owner_id == auth.uid && new.state == 'draft' && (new.price == null || new.price < 100.0)
            update:
              authenticated: (row.owner_id == auth.uid || row.team_id == 7) && new.title != 'forbidden'
            delete:
              authenticated: row.owner_id == auth.uid
        comments:
          columns:
            id: {type: bigint, primary_key: true}
            note_id: {type: bigint, references: notes, on_delete: cascade}
            author_id: {type: uuid, default: auth.uid}
            body: text
          policies:
            read: {authenticated: row.author_id == auth.uid}
            insert: {authenticated: new.author_id == auth.uid}
        covers:
          columns:
            note_id: {type: bigint, primary_key: true, references: notes, on_delete: cascade}
            colour: text
            public: boolean
          policies:
            read: {authenticated: row.public}
        labels:
          columns:
            id: {type: bigint, primary_key: true}
            name: text
          policies:
            read: {authenticated: "row.name != 'hidden'"}
        note_labels:
          columns:
            note_id: {type: bigint, references: notes, on_delete: cascade}
            label_id: {type: bigint, references: labels}
            public: boolean
          primary_key: [note_id, label_id]
          policies:
            read: {authenticated: row.public}
        letters:
          columns:
            id: {type: bigint, identity: true, primary_key: true}
            body: text
          policies:
            insert: {anon: 'true', authenticated: 'true'}
      """;

  private Notebook() {}

  static Backend open(EngineUnderTest engine) {
    return Backend.open(engine, MODEL)
        .seed("teams", "[{\"id\":7,\"name\":\"Seven\"},{\"id\":8,\"name\":\"Eight\"}]")
        .seed(
            "members",
            """
            [{"team_id":7,"user_id":"%1$s"},{"team_id":7,"user_id":"%2$s"},{"team_id":8,"user_id":"%2$s"}]"""
                .formatted(ALICE_ID, BOB_ID))
        .seed(
            "notes",
            """
            [{"id":1,"owner_id":"%1$s","team_id":null,"title":"a1","secret":"s1","published":false},
             {"id":2,"owner_id":"%1$s","team_id":null,"title":"a2","secret":"s2","published":true},
             {"id":3,"owner_id":"%2$s","team_id":null,"title":"b3","secret":"s3","published":false},
             {"id":4,"owner_id":"%2$s","team_id":7,"title":"b4","secret":"s4","published":false},
             {"id":5,"owner_id":null,"team_id":null,"title":"n5","secret":"s5","published":true}]"""
                .formatted(ALICE_ID, BOB_ID))
        .seed(
            "comments",
            """
            [{"id":11,"note_id":1,"author_id":"%1$s","body":"mine on mine"},
             {"id":12,"note_id":1,"author_id":"%2$s","body":"Bob on Alice's"},
             {"id":13,"note_id":3,"author_id":"%1$s","body":"Alice on hidden"},
             {"id":14,"note_id":4,"author_id":"%2$s","body":"Bob on team's"}]"""
                .formatted(ALICE_ID, BOB_ID))
        .seed(
            "covers",
            """
            [{"note_id":1,"colour":"red","public":true},{"note_id":2,"colour":"blue","public":false}]""")
        .seed(
            "labels",
            """
            [{"id":1,"name":"work"},{"id":2,"name":"home"},{"id":3,"name":"hidden"}]""")
        .seed(
            "note_labels",
            """
            [{"note_id":1,"label_id":1,"public":true},{"note_id":1,"label_id":2,"public":false},
             {"note_id":2,"label_id":2,"public":true},{"note_id":2,"label_id":3,"public":true},
             {"note_id":3,"label_id":1,"public":true}]""");
  }
}
