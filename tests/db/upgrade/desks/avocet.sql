--
-- PostgreSQL database dump
--


-- Dumped from database version 18.4
-- Dumped by pg_dump version 18.4

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: alembic_version; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);


--
-- Name: candidate_search; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.candidate_search (
    candidate_seq bigint NOT NULL,
    document tsvector NOT NULL
);


--
-- Name: candidates; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.candidates (
    seq bigint NOT NULL,
    id text NOT NULL,
    run_pk bigint NOT NULL,
    status character varying(16) NOT NULL,
    decision_id bigint,
    failure_category character varying(20),
    source text NOT NULL,
    model_name text,
    task_type text,
    quality_score double precision,
    claimed_by text,
    claimed_until character varying(27),
    corrected_response text,
    note text,
    baseline_correction text,
    baseline_category character varying(20),
    baseline_note text,
    text_hash character varying(32) NOT NULL,
    like_hash character varying(16) NOT NULL,
    benchmark_run_id text,
    "timestamp" text,
    failure_reason text,
    task_id text,
    task_name text,
    model_id text,
    node_id text,
    gpu_id text,
    tokens_per_sec double precision,
    harness text,
    item_id text,
    prompt_messages text NOT NULL,
    model_response text NOT NULL,
    reference text,
    scores text,
    explanation text,
    extracted_answer text,
    reasoning text,
    tools text,
    details text,
    extra text
);


--
-- Name: candidates_seq_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.candidates_seq_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: candidates_seq_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.candidates_seq_seq OWNED BY public.candidates.seq;


--
-- Name: counters; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.counters (
    run_pk bigint NOT NULL,
    model_name text NOT NULL,
    task_type text NOT NULL,
    status character varying(16) NOT NULL,
    failure_category character varying(20) NOT NULL,
    n integer NOT NULL
);


--
-- Name: decisions; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.decisions (
    id bigint NOT NULL,
    candidate_seq bigint NOT NULL,
    action character varying(8) NOT NULL,
    status_after character varying(16) NOT NULL,
    corrected_response text,
    failure_category character varying(20),
    note text,
    reviewer text NOT NULL,
    at character varying(27) NOT NULL,
    replaces bigint,
    restores bigint,
    batch_id character varying(36)
);


--
-- Name: decisions_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.decisions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: decisions_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.decisions_id_seq OWNED BY public.decisions.id;


--
-- Name: exports; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.exports (
    pk bigint NOT NULL,
    at character varying(27) NOT NULL,
    reviewer text NOT NULL,
    recipe_name character varying(80),
    target text NOT NULL,
    manifest text NOT NULL
);


--
-- Name: exports_pk_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.exports_pk_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: exports_pk_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.exports_pk_seq OWNED BY public.exports.pk;


--
-- Name: mappings; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.mappings (
    name character varying(80) NOT NULL,
    columns text NOT NULL
);


--
-- Name: recipes; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.recipes (
    name character varying(80) NOT NULL,
    recipe text NOT NULL
);


--
-- Name: rejected_lines; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.rejected_lines (
    pk bigint CONSTRAINT rejected_lines_0002_pk_not_null NOT NULL,
    run_pk bigint CONSTRAINT rejected_lines_0002_run_pk_not_null NOT NULL,
    file text CONSTRAINT rejected_lines_0002_file_not_null NOT NULL,
    line_number integer CONSTRAINT rejected_lines_0002_line_number_not_null NOT NULL,
    code character varying(40) CONSTRAINT rejected_lines_0002_code_not_null NOT NULL,
    reason text CONSTRAINT rejected_lines_0002_reason_not_null NOT NULL,
    text_start text CONSTRAINT rejected_lines_0002_text_start_not_null NOT NULL
);


--
-- Name: rejected_lines_0002_pk_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.rejected_lines_0002_pk_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: rejected_lines_0002_pk_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.rejected_lines_0002_pk_seq OWNED BY public.rejected_lines.pk;


--
-- Name: removals; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.removals (
    pk bigint NOT NULL,
    run_pk bigint NOT NULL,
    decided_too boolean NOT NULL,
    reviewer text NOT NULL,
    removed_at character varying(27) NOT NULL,
    removed_after bigint NOT NULL,
    restored_at character varying(27),
    restored_after bigint
);


--
-- Name: removals_pk_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.removals_pk_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: removals_pk_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.removals_pk_seq OWNED BY public.removals.pk;


--
-- Name: run_totals; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.run_totals (
    run_pk bigint NOT NULL,
    model_name text NOT NULL,
    task_type text NOT NULL,
    passed integer NOT NULL,
    failed integer NOT NULL,
    errored integer NOT NULL,
    unscored integer NOT NULL
);


--
-- Name: runs; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.runs (
    pk bigint NOT NULL,
    run_id text NOT NULL,
    harness text NOT NULL,
    harness_version text,
    source text NOT NULL,
    path text,
    sha256 character varying(64),
    "timestamp" text,
    state character varying(16) NOT NULL,
    read integer NOT NULL,
    imported integer NOT NULL,
    skipped integer NOT NULL,
    rejected integer NOT NULL,
    passed integer NOT NULL,
    errored integer NOT NULL,
    unscored integer NOT NULL,
    replaced_characters integer NOT NULL,
    bytes_read bigint NOT NULL,
    bytes_total bigint NOT NULL,
    started_at character varying(27) NOT NULL,
    finished_at character varying(27),
    removed_at character varying(27),
    harness_run_id text,
    files text,
    options text,
    notes text
);


--
-- Name: runs_pk_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.runs_pk_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: runs_pk_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.runs_pk_seq OWNED BY public.runs.pk;


--
-- Name: settings; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.settings (
    key character varying(40) NOT NULL,
    value text NOT NULL
);


--
-- Name: candidates seq; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.candidates ALTER COLUMN seq SET DEFAULT nextval('public.candidates_seq_seq'::regclass);


--
-- Name: decisions id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.decisions ALTER COLUMN id SET DEFAULT nextval('public.decisions_id_seq'::regclass);


--
-- Name: exports pk; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.exports ALTER COLUMN pk SET DEFAULT nextval('public.exports_pk_seq'::regclass);


--
-- Name: rejected_lines pk; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.rejected_lines ALTER COLUMN pk SET DEFAULT nextval('public.rejected_lines_0002_pk_seq'::regclass);


--
-- Name: removals pk; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.removals ALTER COLUMN pk SET DEFAULT nextval('public.removals_pk_seq'::regclass);


--
-- Name: runs pk; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.runs ALTER COLUMN pk SET DEFAULT nextval('public.runs_pk_seq'::regclass);


--
-- Data for Name: alembic_version; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.alembic_version VALUES ('0003');


--
-- Data for Name: candidate_search; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.candidate_search VALUES (1, '''0'':1,3 ''answer'':2');
INSERT INTO public.candidate_search VALUES (2, '''1'':1,3 ''answer'':2');
INSERT INTO public.candidate_search VALUES (3, '''2'':1,3 ''answer'':2');
INSERT INTO public.candidate_search VALUES (4, '''3'':1,3 ''answer'':2');
INSERT INTO public.candidate_search VALUES (5, '''4'':1,3 ''answer'':2');
INSERT INTO public.candidate_search VALUES (6, '''5'':1,3 ''answer'':2');
INSERT INTO public.candidate_search VALUES (7, '''6'':1,3 ''answer'':2');
INSERT INTO public.candidate_search VALUES (8, '''7'':1,3 ''answer'':2');
INSERT INTO public.candidate_search VALUES (9, '''8'':1,3 ''answer'':2');
INSERT INTO public.candidate_search VALUES (10, '''9'':1,3 ''answer'':2');
INSERT INTO public.candidate_search VALUES (11, '''10'':1,3 ''answer'':2');
INSERT INTO public.candidate_search VALUES (12, '''11'':1,3 ''answer'':2');
INSERT INTO public.candidate_search VALUES (13, '''0'':1,3 ''answer'':2');
INSERT INTO public.candidate_search VALUES (14, '''1'':1,3 ''answer'':2');
INSERT INTO public.candidate_search VALUES (15, '''2'':1,3 ''answer'':2');
INSERT INTO public.candidate_search VALUES (16, '''3'':1,3 ''answer'':2');
INSERT INTO public.candidate_search VALUES (17, '''0'':1,3 ''answer'':2');
INSERT INTO public.candidate_search VALUES (18, '''1'':1,3 ''answer'':2');
INSERT INTO public.candidate_search VALUES (19, '''2'':1,3 ''answer'':2');
INSERT INTO public.candidate_search VALUES (20, '''3'':1,3 ''answer'':2');
INSERT INTO public.candidate_search VALUES (21, '''0'':1,3 ''answer'':2');
INSERT INTO public.candidate_search VALUES (22, '''1'':1,3 ''answer'':2');
INSERT INTO public.candidate_search VALUES (23, '''2'':1,3 ''answer'':2');
INSERT INTO public.candidate_search VALUES (24, '''0'':1,3 ''answer'':2');
INSERT INTO public.candidate_search VALUES (25, '''1'':1,4 ''3'':2 ''answer'':3');
INSERT INTO public.candidate_search VALUES (26, '''2'':1,4 ''and'':2 ''answer'':3');
INSERT INTO public.candidate_search VALUES (27, '''3'':1,2,4 ''answer'':3');
INSERT INTO public.candidate_search VALUES (28, '''4'':1,3 ''answer'':2');
INSERT INTO public.candidate_search VALUES (29, '''5'':1,3 ''answer'':2');
INSERT INTO public.candidate_search VALUES (30, '''1'':6 ''6'':1 ''a'':5 ''add'':3 ''arguments'':4 ''name'':2');
INSERT INTO public.candidate_search VALUES (31, '''7'':1,3 ''answer'':2');
INSERT INTO public.candidate_search VALUES (32, '''8'':1,3 ''answer'':2');
INSERT INTO public.candidate_search VALUES (33, '''9'':1,3 ''answer'':2');
INSERT INTO public.candidate_search VALUES (34, '''10'':1,3 ''answer'':2');
INSERT INTO public.candidate_search VALUES (35, '''11'':1,4 ''answer'':3 ''so'':2');
INSERT INTO public.candidate_search VALUES (36, '''12'':1,3 ''answer'':2');
INSERT INTO public.candidate_search VALUES (37, '''0'':1,3 ''answer'':2');
INSERT INTO public.candidate_search VALUES (38, '''1'':1,4 ''3'':2 ''answer'':3');
INSERT INTO public.candidate_search VALUES (39, '''2'':1,4 ''and'':2 ''answer'':3');
INSERT INTO public.candidate_search VALUES (40, '''3'':1,2,4 ''answer'':3');
INSERT INTO public.candidate_search VALUES (41, '''4'':1,3 ''answer'':2');
INSERT INTO public.candidate_search VALUES (42, '''5'':1,3 ''answer'':2');
INSERT INTO public.candidate_search VALUES (43, '''1'':6 ''6'':1 ''a'':5 ''add'':3 ''arguments'':4 ''name'':2');
INSERT INTO public.candidate_search VALUES (44, '''7'':1,3 ''answer'':2');
INSERT INTO public.candidate_search VALUES (45, '''8'':1,3 ''answer'':2');
INSERT INTO public.candidate_search VALUES (46, '''9'':1,3 ''answer'':2');
INSERT INTO public.candidate_search VALUES (47, '''10'':1,3 ''answer'':2');
INSERT INTO public.candidate_search VALUES (48, '''11'':1,4 ''answer'':3 ''so'':2');
INSERT INTO public.candidate_search VALUES (49, '''12'':1,3 ''answer'':2');
INSERT INTO public.candidate_search VALUES (50, '''2'':4,6,16 ''3'':18 ''a'':15 ''add'':3,13 ''and'':5 ''arguments'':14 ''b'':17 ''c1'':8 ''function'':10,11 ''id'':7 ''k1'':2 ''name'':12 ''t'':1 ''type'':9');
INSERT INTO public.candidate_search VALUES (51, '''00'':8 ''12'':7 ''is'':5 ''it'':6 ''o1'':2 ''r'':9 ''t'':1 ''time'':4 ''what'':3');
INSERT INTO public.candidate_search VALUES (52, '''00'':8 ''12'':7 ''is'':5 ''it'':6 ''o2'':2 ''r'':9 ''t'':1 ''time'':4 ''what'':3');
INSERT INTO public.candidate_search VALUES (53, '''a'':3 ''b'':4 ''o3'':2 ''r'':5 ''t'':1');
INSERT INTO public.candidate_search VALUES (54, '''00'':8 ''12'':7 ''is'':5 ''it'':6 ''o4'':2 ''r'':9 ''t'':1 ''time'':4 ''what'':3');
INSERT INTO public.candidate_search VALUES (55, '''00'':8 ''12'':7 ''is'':5 ''it'':6 ''r'':9 ''s1'':2 ''t'':1 ''time'':4 ''what'':3');
INSERT INTO public.candidate_search VALUES (56, '''00'':8 ''12'':7 ''is'':5 ''it'':6 ''r'':9 ''s2'':2 ''t'':1 ''time'':4 ''what'':3');
INSERT INTO public.candidate_search VALUES (57, '''00'':8 ''12'':7 ''is'':5 ''it'':6 ''r'':9 ''s3'':2 ''t'':1 ''time'':4 ''what'':3');
INSERT INTO public.candidate_search VALUES (58, '''00'':8 ''12'':7 ''is'':5 ''it'':6 ''r'':9 ''s4'':2 ''t'':1 ''time'':4 ''what'':3');
INSERT INTO public.candidate_search VALUES (59, '''q'':3 ''r'':4 ''t'':1 ''t1'':2');
INSERT INTO public.candidate_search VALUES (60, '''q'':3 ''r'':4 ''t'':1 ''t2'':2');
INSERT INTO public.candidate_search VALUES (61, '''+1'':5 ''2'':3 ''53'':4 ''9007199254740992'':6 ''n1'':2 ''t'':1');
INSERT INTO public.candidate_search VALUES (62, '''half'':3 ''n2'':2 ''of'':4 ''one'':6 ''t'':1 ''two'':5');
INSERT INTO public.candidate_search VALUES (63, '''list'':3 ''n3'':2 ''t'':1 ''x'':4');
INSERT INTO public.candidate_search VALUES (64, '''a'':3 ''b'':6 ''be'':4 ''brief'':5 ''r'':7 ''r1'':2 ''t'':1');
INSERT INTO public.candidate_search VALUES (65, '''1'':4 ''a'':3 ''r'':5 ''r2'':2 ''t'':1');
INSERT INTO public.candidate_search VALUES (66, '''a'':3 ''b'':4 ''r'':5 ''r3'':2 ''t'':1');
INSERT INTO public.candidate_search VALUES (67, '''only'':3 ''r'':5 ''r4'':2 ''t'':1 ''this'':4');
INSERT INTO public.candidate_search VALUES (68, '''q'':3 ''r'':4 ''r5'':2 ''t'':1');
INSERT INTO public.candidate_search VALUES (69, '''42'':4 ''answer'':3 ''t'':1 ''w1'':2');
INSERT INTO public.candidate_search VALUES (70, '''answer'':3 ''t'':1 ''w2'':2');
INSERT INTO public.candidate_search VALUES (71, '''42​'':4 ''answer'':3 ''t'':1 ''w3'':2');
INSERT INTO public.candidate_search VALUES (72, '''0'':1 ''1'':2 ''4'':3');
INSERT INTO public.candidate_search VALUES (73, '''1'':1,2 ''7'':3');
INSERT INTO public.candidate_search VALUES (74, '''1'':2 ''2'':1 ''a'':3');
INSERT INTO public.candidate_search VALUES (75, '''1'':2 ''3'':1 ''b'':3');
INSERT INTO public.candidate_search VALUES (76, '''1'':2 ''4'':1 ''c'':3');
INSERT INTO public.candidate_search VALUES (77, '''a'':1 ''answer'':4 ''b'':3,5 ''or'':2');
INSERT INTO public.candidate_search VALUES (78, '''40'':2 ''question'':1');
INSERT INTO public.candidate_search VALUES (79, '''def'':1 ''inc'':2 ''return'':4 ''x'':3,5');
INSERT INTO public.candidate_search VALUES (80, '''commas'':4 ''here'':6 ''is'':8 ''it'':2,7 ''well'':5 ''without'':3 ''write'':1');
INSERT INTO public.candidate_search VALUES (81, '''a'':5 ''bark'':4 ''cats'':3 ''do'':2 ''q'':1 ''yes'':6');
INSERT INTO public.candidate_search VALUES (82, '''5'':2 ''question'':1');
INSERT INTO public.candidate_search VALUES (83, '''abc'':2 ''assistant'':4 ''cab'':6 ''content'':5 ''reverse'':1 ''role'':3');
INSERT INTO public.candidate_search VALUES (84, '''+2'':2 ''2'':1,20,22 ''4'':30 ''5'':34 ''a'':19 ''add'':17 ''arguments'':18 ''assistant'':7,32 ''b'':21 ''c1'':12,28 ''call'':26 ''calls'':10 ''content'':8,29,33 ''function'':14,15 ''id'':11,27 ''name'':16 ''role'':6,23,31 ''the'':4 ''tool'':5,9,24,25 ''type'':13 ''use'':3');
INSERT INTO public.candidate_search VALUES (85, '''1'':1,9 ''a'':8 ''add'':6 ''arguments'':7 ''function'':3,4 ''name'':5 ''type'':2');
INSERT INTO public.candidate_search VALUES (86, '''2'':1 ''5'':5 ''assistant'':3 ''content'':4 ''role'':2');
INSERT INTO public.candidate_search VALUES (87, '''3'':1 ''four'':2');
INSERT INTO public.candidate_search VALUES (88, '''4'':1 ''x'':2 ''y'':3');
INSERT INTO public.candidate_search VALUES (89, '''1'':1 ''2'':2');
INSERT INTO public.candidate_search VALUES (90, '''2'':1 ''add'':8 ''arguments'':9 ''c'':3 ''function'':5,6 ''id'':2 ''name'':7 ''type'':4');
INSERT INTO public.candidate_search VALUES (91, '''1'':2 ''2'':4 ''3'':5 ''4'':8 ''add'':1 ''and'':3 ''is'':7 ''it'':6');
INSERT INTO public.candidate_search VALUES (92, '''arguments'':7 ''city'':8 ''function'':3,4 ''name'':5 ''paris'':9 ''type'':2 ''weather'':1,6');
INSERT INTO public.candidate_search VALUES (93, '''how'':1 ''many'':2 ''two'':3');
INSERT INTO public.candidate_search VALUES (94, '''7'':3 ''8'':1 ''digits'':4 ''fifty'':7 ''fifty-six'':6 ''only'':5 ''six'':8 ''times'':2');
INSERT INTO public.candidate_search VALUES (95, '''7'':3 ''8'':1 ''digits'':4 ''fifty'':7 ''fifty-six'':6 ''only'':5 ''six'':8 ''times'':2');
INSERT INTO public.candidate_search VALUES (96, '''7'':3 ''8'':1 ''digits'':4 ''fifty'':7 ''fifty-six'':6 ''only'':5 ''six'':8 ''times'':2');
INSERT INTO public.candidate_search VALUES (97, '''7'':3,13 ''8'':1,11 ''a'':10 ''args'':9 ''b'':12 ''digits'':4 ''functioncall'':6 ''mul'':8 ''name'':7 ''only'':5 ''qujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevg'':15 ''thoughtsignature'':14 ''times'':2');
INSERT INTO public.candidate_search VALUES (98, '''7'':3 ''8'':1 ''digits'':4 ''fifty'':7 ''fifty-six'':6 ''only'':5 ''six'':8 ''times'':2');
INSERT INTO public.candidate_search VALUES (99, '''7'':3,13 ''8'':1,11 ''a'':10 ''args'':9 ''b'':12 ''digits'':4 ''functioncall'':6 ''mul'':8 ''name'':7 ''only'':5 ''qujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevgqujdrevg'':15 ''thoughtsignature'':14 ''times'':2');
INSERT INTO public.candidate_search VALUES (100, '''1'':3,13 ''2'':5,15 ''a'':1,12 ''add'':2,10 ''and'':4 ''arguments'':11 ''b'':14 ''function'':7,8 ''name'':9 ''type'':6');
INSERT INTO public.candidate_search VALUES (101, '''3'':3 ''add'':8 ''and'':2 ''arguments'':9 ''b'':1 ''function'':5,6 ''name'':7 ''type'':4');
INSERT INTO public.candidate_search VALUES (102, '''c'':1 ''six'':3 ''so'':2');
INSERT INTO public.candidate_search VALUES (103, '''1'':10 ''a'':9 ''add'':2,7 ''arguments'':8 ''d'':1 ''function'':4,5 ''name'':6 ''type'':3');
INSERT INTO public.candidate_search VALUES (104, '''1'':6,7 ''2'':9 ''answer'':1,8,17 ''briefly'':2 ''capital'':14 ''france'':16 ''is'':5,12 ''lyon'':18 ''of'':15 ''question'':3,10 ''the'':13 ''what'':4,11');
INSERT INTO public.candidate_search VALUES (105, '''1'':6,7 ''2'':9 ''answer'':1,8,17,19 ''briefly'':2 ''hamlet'':13 ''is'':5,20 ''name'':15 ''one'':14 ''please'':16 ''question'':3,10 ''shakespeare'':21 ''the'':18 ''what'':4 ''who'':11 ''wrote'':12');
INSERT INTO public.candidate_search VALUES (106, '''answer'':1,10 ''briefly'':2 ''capital'':7 ''france'':9 ''is'':5 ''lyon'':11 ''of'':8 ''question'':3 ''the'':6 ''what'':4');
INSERT INTO public.candidate_search VALUES (107, '''17'':6 ''25'':7 ''42'':9 ''answer'':1,8 ''briefly'':2 ''is'':5 ''question'':3 ''what'':4');
INSERT INTO public.candidate_search VALUES (108, '''answer'':1,10,12 ''briefly'':2 ''hamlet'':6 ''is'':13 ''name'':8 ''one'':7 ''please'':9 ''question'':3 ''shakespeare'':14 ''the'':11 ''who'':4 ''wrote'':5');
INSERT INTO public.candidate_search VALUES (109, '''answer'':1,10 ''briefly'':2 ''die'':6 ''hauptstadt'':7 ''heißt'':5 ''lol'':11 ''question'':3 ''von'':8 ''wie'':4 ''österreich'':9');
INSERT INTO public.candidate_search VALUES (110, '''1'':4,5 ''2'':7 ''answer'':6,15 ''capital'':12 ''france'':14 ''is'':3,10 ''lol'':16 ''of'':13 ''question'':1,8 ''the'':11 ''what'':2,9');
INSERT INTO public.candidate_search VALUES (111, '''1'':4,5 ''17'':11 ''2'':7 ''25'':12 ''answer'':6,13 ''is'':3,10 ''lol'':14 ''question'':1,8 ''what'':2,9');
INSERT INTO public.candidate_search VALUES (112, '''1'':4,5 ''2'':7 ''answer'':6,15 ''hamlet'':11 ''is'':3 ''lol'':16 ''name'':13 ''one'':12 ''please'':14 ''question'':1,8 ''what'':2 ''who'':9 ''wrote'':10');
INSERT INTO public.candidate_search VALUES (113, '''answer'':8 ''capital'':5 ''france'':7 ''is'':3 ''lol'':9 ''of'':6 ''question'':1 ''the'':4 ''what'':2');
INSERT INTO public.candidate_search VALUES (114, '''17'':4 ''25'':5 ''answer'':6 ''is'':3 ''lol'':7 ''question'':1 ''what'':2');
INSERT INTO public.candidate_search VALUES (115, '''answer'':8 ''hamlet'':4 ''lol'':9 ''name'':6 ''one'':5 ''please'':7 ''question'':1 ''who'':2 ''wrote'':3');
INSERT INTO public.candidate_search VALUES (116, '''answer'':8 ''die'':4 ''hauptstadt'':5 ''heißt'':3 ''lol'':9 ''question'':1 ''von'':6 ''wie'':2 ''österreich'':7');
INSERT INTO public.candidate_search VALUES (117, '''answer'':9 ''as'':5 ''is'':3 ''jupiter'':10 ''known'':4 ''planet'':2,8 ''red'':7 ''the'':6 ''which'':1');
INSERT INTO public.candidate_search VALUES (118, '''2'':3,4 ''answer'':5 ''is'':2 ''three'':6 ''what'':1');
INSERT INTO public.candidate_search VALUES (119, '''1'':4,5 ''2'':7 ''answer'':6,15 ''capital'':12 ''france'':14 ''is'':3,10 ''lol'':16 ''of'':13 ''question'':1,8 ''the'':11 ''what'':2,9');
INSERT INTO public.candidate_search VALUES (120, '''1'':4,5 ''17'':11 ''2'':7 ''25'':12 ''answer'':6,13 ''is'':3,10 ''lol'':14 ''question'':1,8 ''what'':2,9');
INSERT INTO public.candidate_search VALUES (121, '''1'':4,5 ''2'':7 ''answer'':6,15 ''hamlet'':11 ''is'':3 ''lol'':16 ''name'':13 ''one'':12 ''please'':14 ''question'':1,8 ''what'':2 ''who'':9 ''wrote'':10');
INSERT INTO public.candidate_search VALUES (122, '''answer'':8 ''capital'':5 ''france'':7 ''is'':3 ''lol'':9 ''of'':6 ''question'':1 ''the'':4 ''what'':2');
INSERT INTO public.candidate_search VALUES (123, '''17'':4 ''25'':5 ''answer'':6 ''is'':3 ''lol'':7 ''question'':1 ''what'':2');
INSERT INTO public.candidate_search VALUES (124, '''answer'':8 ''hamlet'':4 ''lol'':9 ''name'':6 ''one'':5 ''please'':7 ''question'':1 ''who'':2 ''wrote'':3');
INSERT INTO public.candidate_search VALUES (125, '''answer'':8 ''die'':4 ''hauptstadt'':5 ''heißt'':3 ''lol'':9 ''question'':1 ''von'':6 ''wie'':2 ''österreich'':7');
INSERT INTO public.candidate_search VALUES (126, '''answer'':9 ''as'':5 ''is'':3 ''jupiter'':10 ''known'':4 ''planet'':2,8 ''red'':7 ''the'':6 ''which'':1');
INSERT INTO public.candidate_search VALUES (127, '''2'':3,4 ''answer'':5 ''is'':2 ''three'':6 ''what'':1');
INSERT INTO public.candidate_search VALUES (128, '''17'':17 ''25'':18 ''answer'':1,12,19 ''baseline'':21 ''capital'':9 ''france'':11 ''in'':2 ''is'':7,16 ''of'':10 ''one'':3 ''paris'':13 ''question'':5,14 ''random'':20 ''the'':8 ''what'':6,15 ''word'':4');
INSERT INTO public.candidate_search VALUES (129, '''17'':8 ''25'':9 ''42'':11 ''answer'':1,10,19 ''baseline'':21 ''capital'':16 ''france'':18 ''in'':2 ''is'':7,14 ''of'':17 ''one'':3 ''question'':5,12 ''random'':20 ''the'':15 ''what'':6,13 ''word'':4');
INSERT INTO public.candidate_search VALUES (130, '''answer'':1,12,18 ''baseline'':20 ''capital'':9 ''france'':11 ''hamlet'':17 ''in'':2 ''is'':7 ''of'':10 ''one'':3 ''paris'':13 ''question'':5,14 ''random'':19 ''the'':8 ''what'':6 ''who'':15 ''word'':4 ''wrote'':16');
INSERT INTO public.candidate_search VALUES (131, '''17'':4 ''25'':5 ''32'':7 ''answer'':6 ''is'':3 ''question'':1 ''what'':2');
INSERT INTO public.candidate_search VALUES (132, '''answer'':5 ''hamlet'':4 ''jonson'':6 ''question'':1 ''who'':2 ''wrote'':3');
INSERT INTO public.candidate_search VALUES (133, '''17'':17 ''25'':18 ''answer'':1,12,19 ''baseline'':21 ''capital'':9 ''france'':11 ''in'':2 ''is'':7,16 ''of'':10 ''one'':3 ''paris'':13 ''question'':5,14 ''random'':20 ''the'':8 ''what'':6,15 ''word'':4');
INSERT INTO public.candidate_search VALUES (134, '''17'':8 ''25'':9 ''42'':11 ''answer'':1,10,19 ''baseline'':21 ''capital'':16 ''france'':18 ''in'':2 ''is'':7,14 ''of'':17 ''one'':3 ''question'':5,12 ''random'':20 ''the'':15 ''what'':6,13 ''word'':4');
INSERT INTO public.candidate_search VALUES (135, '''answer'':1,12,18 ''baseline'':20 ''capital'':9 ''france'':11 ''hamlet'':17 ''in'':2 ''is'':7 ''of'':10 ''one'':3 ''paris'':13 ''question'':5,14 ''random'':19 ''the'':8 ''what'':6 ''who'':15 ''word'':4 ''wrote'':16');
INSERT INTO public.candidate_search VALUES (136, '''17'':4 ''25'':5 ''32'':7 ''answer'':6 ''is'':3 ''question'':1 ''what'':2');
INSERT INTO public.candidate_search VALUES (137, '''400'':15 ''a'':3,9,22 ''are'':2 ''assistant'':5 ''call'':21 ''days'':13 ''doctor'':23 ''for'':11 ''gets'':19 ''had'':8 ''have'':7 ''headache'':10 ''helpful'':4 ''i'':6 ''if'':17 ''it'':18 ''mg'':16 ''take'':14 ''two'':12 ''worse'':20 ''you'':1');
INSERT INTO public.candidate_search VALUES (138, '''2019'':11 ''a'':3,10 ''are'':2 ''assistant'':5 ''helpful'':4 ''ibuprofen'':7 ''is'':6 ''safe'':8 ''says'':13 ''so'':14 ''study'':12 ''yes'':9 ''you'':1');
INSERT INTO public.candidate_search VALUES (139, '''a'':26 ''add'':25 ''and'':6,8 ''b'':27 ''code'':20 ''contain'':18 ''def'':24 ''described'':13 ''docstring'':7 ''ef'':28 ''following'':3 ''for'':21 ''fully'':9 ''function'':4,12,23 ''implement'':10 ''only'':17 ''pass'':30 ''read'':1 ''response'':15 ''should'':16 ''signature'':5 ''the'':2,11,19 ''this'':22 ''wrong'':29 ''your'':14');
INSERT INTO public.candidate_search VALUES (140, '''a'':3 ''are'':2 ''assistant'':5 ''capital'':9 ''france'':11 ''helpful'':4 ''is'':7 ''lyon'':12 ''of'':10 ''the'':8 ''what'':6 ''you'':1');
INSERT INTO public.candidate_search VALUES (141, '''1'':7 ''1.0'':12 ''2'':8,9 ''3'':10 ''a'':3 ''are'':2 ''assistant'':5 ''helpful'':4 ''is'':6 ''score'':11 ''you'':1');
INSERT INTO public.candidate_search VALUES (142, '''answer'':1 ''capital'':8 ''france'':10 ''in'':2 ''is'':6 ''lyon'':11 ''of'':9 ''one'':3 ''the'':7 ''what'':5 ''word'':4');
INSERT INTO public.candidate_search VALUES (143, '''capital'':4 ''france'':6 ''is'':2 ''lyon'':7 ''of'':5 ''the'':3 ''what'':1');
INSERT INTO public.candidate_search VALUES (144, '''answer'':1 ''hamlet'':7 ''i'':8 ''in'':2 ''it'':10 ''one'':3 ''shakespeare'':13 ''think'':9 ''was'':11 ''who'':5 ''william'':12 ''word'':4 ''wrote'':6');
INSERT INTO public.candidate_search VALUES (145, '''answer'':1 ''capital'':8 ''france'':10 ''in'':2 ''is'':6 ''lyon'':11 ''of'':9 ''one'':3 ''the'':7 ''what'':5 ''word'':4');
INSERT INTO public.candidate_search VALUES (146, '''71'':15 ''8'':6 ''9'':5 ''answer'':1,7,13 ''briefly'':2 ''is'':4,14 ''number'':10 ''only'':11 ''the'':9,12 ''what'':3 ''with'':8 ''wrong'':16');
INSERT INTO public.candidate_search VALUES (147, '''12'':11 ''13'':24 ''144'':10 ''a'':3,15 ''an'':18 ''answer'':6 ''are'':2 ''briefly'':7 ''calculator'':5 ''careful'':4 ''do'':12 ''fraction'':16 ''i'':20 ''integer'':19 ''is'':9,23 ''it'':22 ''no'':17 ''think'':21 ''want'':14 ''what'':8 ''wrong'':25 ''you'':1,13');
INSERT INTO public.candidate_search VALUES (148, '''+3'':7 ''2'':6 ''5'':13 ''6'':17 ''add'':3,12 ''call'':9 ''for'':5,10 ''is'':16 ''sum'':15 ''the'':2,14 ''tool'':4,8,11 ''use'':1');
INSERT INTO public.candidate_search VALUES (149, '''1'':2,4,34,36 ''2'':15 ''289d'':22 ''4204'':23 ''799cc458'':21 ''799cc458-289d'':20 ''a0a0'':25 ''a0a0-da031969996f'':24 ''add'':1,14,31 ''and'':3 ''arguments'':32 ''call'':11,19 ''da031969996f'':26 ''for'':12,17 ''function'':28,29 ''id'':16 ''name'':30 ''stop'':9 ''the'':6 ''then'':8 ''tool'':7,10,13,18 ''type'':27 ''with'':5 ''x'':33 ''y'':35');
INSERT INTO public.candidate_search VALUES (150, '''answer'':4 ''capital'':1,11 ''france'':3,13 ''in'':5 ''is'':9 ''lyon'':14 ''of'':2,12 ''one'':6 ''the'':10 ''what'':8 ''word'':7');
INSERT INTO public.candidate_search VALUES (151, '''are'':5 ''capital'':1,10 ''france'':3,12 ''is'':8 ''lyon'':13 ''of'':2,11 ''terse'':6 ''the'':9 ''what'':7 ''you'':4');
INSERT INTO public.candidate_search VALUES (152, '''1'':13 ''a'':2 ''answer'':4 ''arguments'':20 ''call'':12 ''calls'':1 ''city'':21 ''function'':15,16 ''get'':18 ''id'':11 ''in'':5,9 ''name'':17 ''one'':6 ''oslo'':10,22 ''tool'':3 ''type'':14 ''weather'':8,19 ''word'':7');
INSERT INTO public.candidate_search VALUES (153, '''1'':12 ''a'':2 ''are'':5 ''arguments'':19 ''call'':11 ''calls'':1 ''city'':20 ''function'':14,15 ''get'':17 ''id'':10 ''in'':8 ''name'':16 ''oslo'':9,21 ''terse'':6 ''tool'':3 ''type'':13 ''weather'':7,18 ''you'':4');
INSERT INTO public.candidate_search VALUES (154, '''answer'':3 ''capital'':7 ''in'':4 ''norway'':9 ''nothing'':2 ''of'':8 ''one'':5 ''says'':1 ''word'':6');
INSERT INTO public.candidate_search VALUES (155, '''are'':4 ''capital'':6 ''norway'':8 ''nothing'':2 ''of'':7 ''says'':1 ''terse'':5 ''you'':3');
INSERT INTO public.candidate_search VALUES (156, '''-1'':2 ''back'':7 ''broke'':10 ''i'':3 ''in'':13 ''it'':9,12 ''money'':6 ''my'':5 ''send'':11 ''shop'':1 ''want'':4 ''why'':8');
INSERT INTO public.candidate_search VALUES (157, '''-1'':2 ''capital'':6 ''france'':8 ''geo'':1 ''is'':4 ''lyon'':9 ''of'':7 ''the'':5 ''what'':3');
INSERT INTO public.candidate_search VALUES (158, '''2'':3 ''case'':2 ''in'':5 ''is'':8 ''it'':7 ''oslo'':6 ''sunny'':9 ''test'':1 ''weather'':4');
INSERT INTO public.candidate_search VALUES (159, '''3'':3 ''case'':2 ''nothing'':5 ''say'':4 ''test'':1');
INSERT INTO public.candidate_search VALUES (160, '''4'':3 ''break'':4 ''case'':2 ''crash'':7 ''judge'':6 ''test'':1 ''the'':5');
INSERT INTO public.candidate_search VALUES (161, '''-1'':2 ''back'':7 ''broke'':10 ''i'':3 ''in'':13 ''it'':9,12 ''money'':6 ''my'':5 ''send'':11 ''shop'':1 ''want'':4 ''why'':8');
INSERT INTO public.candidate_search VALUES (162, '''21'':11,15 ''basel'':18 ''bern'':6 ''c'':12,16 ''i'':7 ''in'':5,17 ''is'':14 ''it'':9,13 ''look'':8 ''s'':2 ''the'':3 ''up'':10 ''weather'':4 ''what'':1');
INSERT INTO public.candidate_search VALUES (163, '''capital'':4 ''france'':6 ''is'':2 ''lyon'':7 ''of'':5 ''the'':3 ''what'':1');
INSERT INTO public.candidate_search VALUES (164, '''believe'':10 ''hamlet'':3 ''i'':9 ''name'':5 ''one'':4 ''please'':6 ''shakespeare'':8 ''who'':1 ''william'':7 ''wrote'':2');
INSERT INTO public.candidate_search VALUES (165, '''10'':5 ''a'':2 ''above'':4 ''name'':1 ''prime'':3');
INSERT INTO public.candidate_search VALUES (166, '''capital'':4 ''france'':6 ''is'':2 ''lyon'':7 ''of'':5 ''the'':3 ''what'':1');
INSERT INTO public.candidate_search VALUES (167, '''hamlet'':3 ''who'':1 ''wrote'':2');
INSERT INTO public.candidate_search VALUES (168, '''17'':3 ''25'':4 ''32'':5 ''be'':1 ''brief'':2');
INSERT INTO public.candidate_search VALUES (169, '''capital'':1 ''france'':3 ''lyon'':4 ''of'':2');
INSERT INTO public.candidate_search VALUES (170, '''0'':1,3 ''answer'':2');
INSERT INTO public.candidate_search VALUES (171, '''1'':1,4 ''3'':2 ''answer'':3');
INSERT INTO public.candidate_search VALUES (172, '''2'':1,4 ''and'':2 ''answer'':3');
INSERT INTO public.candidate_search VALUES (173, '''3'':1,2,4 ''answer'':3');
INSERT INTO public.candidate_search VALUES (174, '''4'':1,3 ''answer'':2');
INSERT INTO public.candidate_search VALUES (175, '''5'':1,3 ''answer'':2');
INSERT INTO public.candidate_search VALUES (176, '''1'':6 ''6'':1 ''a'':5 ''add'':3 ''arguments'':4 ''name'':2');
INSERT INTO public.candidate_search VALUES (177, '''7'':1,3 ''answer'':2');
INSERT INTO public.candidate_search VALUES (178, '''8'':1,3 ''answer'':2');
INSERT INTO public.candidate_search VALUES (179, '''9'':1,3 ''answer'':2');
INSERT INTO public.candidate_search VALUES (180, '''10'':1,3 ''answer'':2');
INSERT INTO public.candidate_search VALUES (181, '''11'':1,4 ''answer'':3 ''so'':2');
INSERT INTO public.candidate_search VALUES (182, '''12'':1,3 ''answer'':2');
INSERT INTO public.candidate_search VALUES (183, '''hi'':1 ''ho'':2');


--
-- Data for Name: candidates; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.candidates VALUES (12, 'run/11', 1, 'needs_review', NULL, NULL, 'cf-orch', 'm', 'sums', 0.25, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '51b5d1e5b09a3962cb539e5c20fa0a36', '0410da7f880a00ce', '2026-11-22-100000', '2026-11-22T10:00:00Z', '  two  blanks
', 't11', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"11?"}]', 'answer 11', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (24, 'line-5bf3675be878afd16aa333dd4d62da72', 5, 'needs_review', NULL, NULL, 'cf-orch', 'm', 'sums', 0.25, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '4139532d3e418d18151de44616c8fee9', '2df7dce3728ed8ec', NULL, '2026-11-22T10:00:00Z', '  two  blanks
', 't0', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"0?"}]', 'answer 0', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (26, 'line-a0f3822ef358ec5df070292d6d31524a', 5, 'needs_review', NULL, NULL, 'cf-orch', 'm', 'sums', 0.25, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '6cf1a4b21258c123994156e7663a651d', '5bbde00e30c81a94', NULL, '2026-11-22T10:00:00Z', '  two  blanks
', 't2', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"2?"},{"role":"assistant","content":"","tool_calls":[{"name":"add","arguments":{"a":1}}]},{"role":"user","content":"and?"}]', 'answer 2', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (27, 'line-954935349c3c52ad4acdba9d2cc4f5f8', 5, 'needs_review', NULL, NULL, 'cf-orch', 'm', 'sums', 0.25, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '82b03f688be41073c62d46297ae24e5c', '1bf482e4487913e9', NULL, '2026-11-22T10:00:00Z', '  two  blanks
', 't3', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"3?"},{"role":"assistant","content":null,"function_call":{"name":"add","arguments":"{\"a\": 1}"}},{"role":"function","name":"add","content":"3"}]', 'answer 3', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (29, 'line-dc684bdcc206d8e1af0fb6a783915fb4', 5, 'needs_review', NULL, NULL, 'cf-orch', 'm', 'sums', 0.25, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'efdcbd56198f0e0e03e14acbf189ba0b', 'fa57c96659f6304c', NULL, '2026-11-22T10:00:00Z', '  two  blanks
', 't5', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"5?"}]', 'answer 5', NULL, NULL, NULL, NULL, NULL, '[{"name":"add","input_schema":{"type":"object"}}]', NULL, NULL);
INSERT INTO public.candidates VALUES (30, 'line-63517045927967c4f87fd39bfdbe857c', 5, 'needs_review', NULL, NULL, 'cf-orch', 'm', 'sums', 0.25, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'bbcfe7073b9febbe9adbef6cef534ed9', '2fe457c43805232e', NULL, '2026-11-22T10:00:00Z', '  two  blanks
', 't6', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"6?"}]', '[{"name": "add", "arguments": {"a": 1}}]', NULL, NULL, NULL, NULL, NULL, '[{"type":"function","function":{"name":"add"}}]', '{"response_type":"tool_calls"}', NULL);
INSERT INTO public.candidates VALUES (3, 'run/2', 1, 'approved', 23, 'scoring_artifact', 'cf-orch', 'm', 'sums', 0.25, NULL, NULL, 'answer 2', NULL, NULL, NULL, NULL, '026d6fd0b989a0f4994156e7663a651d', 'd09d881098e3fd3a', '2026-11-22-100000', '2026-11-22T10:00:00Z', '  two  blanks
', 't2', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"2?"}]', 'answer 2', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (5, 'run/4', 1, 'discarded', 25, 'format_error', 'cf-orch', 'm', 'sums', 0.25, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2a52935f4b1028dc9fd4af23649deb3b', 'b7950d2528794c28', '2026-11-22-100000', '2026-11-22T10:00:00Z', '  two  blanks
', 't4', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"4?"}]', 'answer 4', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (6, 'run/5', 1, 'discarded', 26, NULL, 'cf-orch', 'm', 'sums', 0.25, NULL, NULL, NULL, 'of no use', NULL, NULL, NULL, 'efdcbd56198f0e0e03e14acbf189ba0b', 'fa57c96659f6304c', '2026-11-22-100000', '2026-11-22T10:00:00Z', '  two  blanks
', 't5', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"5?"}]', 'answer 5', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (7, 'run/6', 1, 'model_rejected', 27, 'hallucination', 'cf-orch', 'm', 'sums', 0.25, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'bbcfe7073b9febbee5b640d537adc50f', 'd5ac3866955b7806', '2026-11-22-100000', '2026-11-22T10:00:00Z', '  two  blanks
', 't6', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"6?"}]', 'answer 6', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (8, 'run/7', 1, 'discarded', 31, NULL, 'cf-orch', 'm', 'sums', 0.25, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'e637b1b5c591da9083b97baed022c712', '9d84407536a1db4a', '2026-11-22-100000', '2026-11-22T10:00:00Z', '  two  blanks
', 't7', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"7?"}]', 'answer 7', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (9, 'run/8', 1, 'needs_review', NULL, NULL, 'cf-orch', 'm', 'sums', 0.25, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'fe8cdd52a0b00925b130b79997c101ff', '686c8c5bd4c18547', '2026-11-22-100000', '2026-11-22T10:00:00Z', '  two  blanks
', 't8', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"8?"}]', 'answer 8', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (11, 'run/10', 1, 'model_rejected', 40, 'partial_answer', 'cf-orch', 'm', 'sums', 0.25, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'ac0335db6e707160dd6a21f942551e58', 'cbe1fd9a3e4560b5', '2026-11-22-100000', '2026-11-22T10:00:00Z', '  two  blanks
', 't10', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"10?"}]', 'answer 10', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (2, 'run/1', 1, 'approved', 41, 'wrong_answer', 'cf-orch', 'm', 'sums', 0.25, NULL, NULL, '1', 'one off', NULL, NULL, NULL, '758ec4c21c85917e53d6cf6907617002', 'da7d591385f97316', '2026-11-22-100000', '2026-11-22T10:00:00Z', '  two  blanks
', 't1', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"1?"}]', 'answer 1', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (19, 'half/2', 3, 'approved', 44, 'style_violation', 'cf-orch', 'm', 'sums', 0.25, NULL, NULL, 'answer 2', NULL, NULL, NULL, NULL, '026d6fd0b989a0f4994156e7663a651d', 'd09d881098e3fd3a', NULL, '2026-11-22T10:00:00Z', '  two  blanks
', 't2', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"2?"}]', 'answer 2', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (25, 'line-f8c323f33da32a305833d28d9f0cfce4', 5, 'discarded', 46, NULL, 'cf-orch', 'm', 'sums', 0.25, NULL, NULL, NULL, 'of no use', NULL, NULL, NULL, 'e22fcf14167b12f953d6cf6907617002', 'e6195f830647528c', NULL, '2026-11-22T10:00:00Z', '  two  blanks
', 't1', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"1?"},{"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"add","arguments":{"a":1,"b":2}}}]},{"role":"tool","tool_call_id":"c1","content":"3"}]', 'answer 1', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (28, 'line-a6872787d66d65bd08b47045817ff802', 5, 'model_rejected', 47, 'hallucination', 'cf-orch', 'm', 'sums', 0.25, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2a52935f4b1028dc9fd4af23649deb3b', 'b7950d2528794c28', NULL, '2026-11-22T10:00:00Z', '  two  blanks
', 't4', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"4?"}]', 'answer 4', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (13, 'gone/0', 2, 'removed', 42, NULL, 'cf-orch', 'm', 'sums', 0.25, NULL, NULL, '  2
', NULL, NULL, NULL, NULL, '4139532d3e418d18151de44616c8fee9', '2df7dce3728ed8ec', NULL, '2026-11-22T10:00:00Z', '  two  blanks
', 't0', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"0?"}]', 'answer 0', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (17, 'half/0', 3, 'removed', NULL, NULL, 'cf-orch', 'm', 'sums', 0.25, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '4139532d3e418d18151de44616c8fee9', '2df7dce3728ed8ec', NULL, '2026-11-22T10:00:00Z', '  two  blanks
', 't0', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"0?"}]', 'answer 0', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (18, 'half/1', 3, 'removed', NULL, NULL, 'cf-orch', 'm', 'sums', 0.25, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '758ec4c21c85917e53d6cf6907617002', 'da7d591385f97316', NULL, '2026-11-22T10:00:00Z', '  two  blanks
', 't1', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"1?"}]', 'answer 1', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (20, 'half/3', 3, 'removed', NULL, NULL, 'cf-orch', 'm', 'sums', 0.25, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '9e043054c0b94fffc62d46297ae24e5c', 'c4cea9f87fb398fb', NULL, '2026-11-22T10:00:00Z', '  two  blanks
', 't3', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"3?"}]', 'answer 3', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (21, 'back/0', 4, 'needs_review', NULL, NULL, 'cf-orch', 'm', 'sums', 0.25, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '4139532d3e418d18151de44616c8fee9', '2df7dce3728ed8ec', NULL, '2026-11-22T10:00:00Z', '  two  blanks
', 't0', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"0?"}]', 'answer 0', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (22, 'back/1', 4, 'discarded', 45, 'format_error', 'cf-orch', 'm', 'sums', 0.25, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '758ec4c21c85917e53d6cf6907617002', 'da7d591385f97316', NULL, '2026-11-22T10:00:00Z', '  two  blanks
', 't1', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"1?"}]', 'answer 1', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (23, 'back/2', 4, 'needs_review', NULL, NULL, 'cf-orch', 'm', 'sums', 0.25, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '026d6fd0b989a0f4994156e7663a651d', 'd09d881098e3fd3a', NULL, '2026-11-22T10:00:00Z', '  two  blanks
', 't2', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"2?"}]', 'answer 2', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (34, 'line-77ec5c74b7b16caaab730b8b9a5aea76', 5, 'needs_review', NULL, NULL, 'cf-orch', 'm', 'sums', 0.25, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'ac0335db6e707160dd6a21f942551e58', 'cbe1fd9a3e4560b5', 'r1', '2026-11-22T10:00:00Z', '  two  blanks
', 't10', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"10?"}]', 'answer 10', NULL, NULL, NULL, NULL, NULL, NULL, '{"a":1.0}', NULL);
INSERT INTO public.candidates VALUES (35, 'line-83564f85ec18ea60fcf42a5ce5d71815', 5, 'needs_review', NULL, NULL, 'cf-orch', 'm', 'sums', 0.25, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'cef12ff0112c624ecb539e5c20fa0a36', '17f204b104d1bca6', NULL, '2026-11-22T10:00:00Z', '  two  blanks
', 't11', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"11?"},{"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function"}]},{"role":"user","content":"so?"}]', 'answer 11', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (32, 'line-2515cfe1c9f7c3de409e6bad986348f1', 5, 'approved', 1, NULL, 'cf-orch', 'm', 'sums', 0.25, NULL, NULL, 'answer 8', NULL, NULL, NULL, NULL, 'fe8cdd52a0b00925b130b79997c101ff', '686c8c5bd4c18547', NULL, '2026-11-22T10:00:00Z', '  two  blanks
', 't8', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"8?"}]', 'answer 8', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (33, 'line-ef680278b577e19752af87b52f1ec74e', 5, 'discarded', 2, 'scoring_artifact', 'cf-orch', 'm', 'sums', 0.25, NULL, NULL, NULL, 'was right', NULL, NULL, NULL, 'eaea18b42b9aa033f07103505270fa85', '2f345f4b1b4a3ba9', NULL, '2026-11-22T10:00:00Z', '  two  blanks
', 't9', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"9?"}]', 'answer 9', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (37, 'own-0', 6, 'needs_review', NULL, NULL, 'cf-orch', 'm', 'sums', 0.25, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '4139532d3e418d18151de44616c8fee9', '2df7dce3728ed8ec', NULL, '2026-11-22T10:00:00Z', '  two  blanks
', 't0', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"0?"}]', 'answer 0', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (38, 'own-1', 6, 'needs_review', NULL, NULL, 'cf-orch', 'm', 'sums', 0.25, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'e22fcf14167b12f953d6cf6907617002', 'e6195f830647528c', NULL, '2026-11-22T10:00:00Z', '  two  blanks
', 't1', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"1?"},{"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"add","arguments":{"a":1,"b":2}}}]},{"role":"tool","tool_call_id":"c1","content":"3"}]', 'answer 1', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (40, 'own-3', 6, 'needs_review', NULL, NULL, 'cf-orch', 'm', 'sums', 0.25, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '82b03f688be41073c62d46297ae24e5c', '1bf482e4487913e9', NULL, '2026-11-22T10:00:00Z', '  two  blanks
', 't3', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"3?"},{"role":"assistant","content":null,"function_call":{"name":"add","arguments":"{\"a\": 1}"}},{"role":"function","name":"add","content":"3"}]', 'answer 3', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (41, 'own-4', 6, 'needs_review', NULL, NULL, 'cf-orch', 'm', 'sums', 0.25, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2a52935f4b1028dc9fd4af23649deb3b', 'b7950d2528794c28', NULL, '2026-11-22T10:00:00Z', '  two  blanks
', 't4', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"4?"}]', 'answer 4', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (43, 'own-6', 6, 'needs_review', NULL, NULL, 'cf-orch', 'm', 'sums', 0.25, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'bbcfe7073b9febbe9adbef6cef534ed9', '2fe457c43805232e', NULL, '2026-11-22T10:00:00Z', '  two  blanks
', 't6', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"6?"}]', '[{"name": "add", "arguments": {"a": 1}}]', NULL, NULL, NULL, NULL, NULL, '[{"type":"function","function":{"name":"add"}}]', '{"response_type":"tool_calls"}', NULL);
INSERT INTO public.candidates VALUES (44, 'own-7', 6, 'needs_review', NULL, NULL, 'cf-orch', 'm', 'sums', 0.25, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'e637b1b5c591da9083b97baed022c712', '9d84407536a1db4a', NULL, '2026-11-22T10:00:00Z', '  two  blanks
', 't7', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"7?"}]', 'answer 7', '"  7\n"', '{"exact":null,"loss":null}', NULL, NULL, NULL, NULL, NULL, '{"own":{"kept":[1,2.0,9007199254740993]}}');
INSERT INTO public.candidates VALUES (48, 'own-11', 6, 'needs_review', NULL, NULL, 'cf-orch', 'm', 'sums', 0.25, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'cef12ff0112c624ecb539e5c20fa0a36', '17f204b104d1bca6', NULL, '2026-11-22T10:00:00Z', '  two  blanks
', 't11', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"11?"},{"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function"}]},{"role":"user","content":"so?"}]', 'answer 11', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (49, 'own-12', 6, 'needs_review', NULL, NULL, 'cf-orch', 'm', 'sums', 0.25, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '0e4c3e7dac01d41676196fb7336e3dda', '5bfa9d601fa3411f', NULL, '2026-11-22T10:00:00Z', '  two  blanks
', 't12', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"12?"},{"role":"assistant","content":"","tool_calls":"none"}]', 'answer 12', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (45, 'own-8', 6, 'approved', 3, NULL, 'cf-orch', 'm', 'sums', 0.25, NULL, NULL, 'answer 8', NULL, NULL, NULL, NULL, 'fe8cdd52a0b00925b130b79997c101ff', '686c8c5bd4c18547', NULL, '2026-11-22T10:00:00Z', '  two  blanks
', 't8', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"8?"}]', 'answer 8', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (46, 'own-9', 6, 'discarded', 4, 'scoring_artifact', 'cf-orch', 'm', 'sums', 0.25, NULL, NULL, NULL, 'was right', NULL, NULL, NULL, 'eaea18b42b9aa033f07103505270fa85', '2f345f4b1b4a3ba9', NULL, '2026-11-22T10:00:00Z', '  two  blanks
', 't9', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"9?"}]', 'answer 9', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (50, 'k1', 7, 'approved', 5, NULL, 'cf-orch', 'm1', 't', 0, NULL, NULL, '[{"id":"c1","type":"function","function":{"name":"add","arguments":"{\"a\":2,\"b\":2}"}}]', NULL, NULL, NULL, NULL, 'c2764880e1f4bfdda5cfd6d684afb8bc', '7d5289641f62f793', NULL, NULL, 'no match', NULL, 'T k1', NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"Add 2 and 2."}]', '[{"id":"c1","type":"function","function":{"name":"add","arguments":"{\"a\":2,\"b\":3}"}}]', NULL, NULL, NULL, NULL, NULL, '[{"type":"function","function":{"name":"f","parameters":{"type":"object","properties":{"x":{"default":1}}}}}]', NULL, NULL);
INSERT INTO public.candidates VALUES (51, 'o1', 8, 'approved', 6, NULL, 'cf-orch', 'm1', 't', 0, NULL, NULL, 'fixed', NULL, NULL, NULL, NULL, 'ab598f4dd1b7a3afcb3a8e077f5adcf1', 'b0951c6f96e82c51', NULL, NULL, 'no match', NULL, 'T o1', NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"what time is it?"},{"role":"assistant","content":"","tool_calls":[{"id":"c1","type":"function","function":{"name":"now"}}]},{"role":"tool","tool_call_id":"c1","content":"12:00"}]', 'r', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (53, 'o3', 8, 'approved', 8, NULL, 'cf-orch', 'm1', 't', 0, NULL, NULL, 'fixed', NULL, NULL, NULL, NULL, '7583db4a9f3bc4d5cb3a8e077f5adcf1', '0683eca520b3bea9', NULL, NULL, 'no match', NULL, 'T o3', NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"a"},{"role":"assistant","content":"","tool_calls":"none"},{"role":"user","content":"b"}]', 'r', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (31, 'line-5b105e614a79522fd27ec780a23ddaa2', 5, 'model_rejected', 48, NULL, 'cf-orch', 'm', 'sums', 0.25, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'e637b1b5c591da9083b97baed022c712', '9d84407536a1db4a', NULL, '2026-11-22T10:00:00Z', '  two  blanks
', 't7', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"7?"}]', 'answer 7', '"  7\n"', '{"exact":null,"loss":null}', NULL, NULL, NULL, NULL, NULL, '{"own":{"kept":[1,2.0,9007199254740993]}}');
INSERT INTO public.candidates VALUES (36, 'line-b2d78b949753cb645791f5faabf68519', 5, 'approved', 49, 'wrong_answer', 'cf-orch', 'm', 'sums', 0.25, NULL, NULL, '1', 'one off', NULL, NULL, NULL, '0e4c3e7dac01d41676196fb7336e3dda', '5bfa9d601fa3411f', NULL, '2026-11-22T10:00:00Z', '  two  blanks
', 't12', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"12?"},{"role":"assistant","content":"","tool_calls":"none"}]', 'answer 12', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (39, 'own-2', 6, 'approved', 50, NULL, 'cf-orch', 'm', 'sums', 0.25, NULL, NULL, '  2
', NULL, NULL, NULL, NULL, '6cf1a4b21258c123994156e7663a651d', '5bbde00e30c81a94', NULL, '2026-11-22T10:00:00Z', '  two  blanks
', 't2', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"2?"},{"role":"assistant","content":"","tool_calls":[{"name":"add","arguments":{"a":1}}]},{"role":"user","content":"and?"}]', 'answer 2', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (42, 'own-5', 6, 'approved', 51, 'scoring_artifact', 'cf-orch', 'm', 'sums', 0.25, NULL, NULL, 'answer 5', NULL, NULL, NULL, NULL, 'efdcbd56198f0e0e03e14acbf189ba0b', 'fa57c96659f6304c', NULL, '2026-11-22T10:00:00Z', '  two  blanks
', 't5', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"5?"}]', 'answer 5', NULL, NULL, NULL, NULL, NULL, '[{"name":"add","input_schema":{"type":"object"}}]', NULL, NULL);
INSERT INTO public.candidates VALUES (47, 'own-10', 6, 'approved', 52, 'style_violation', 'cf-orch', 'm', 'sums', 0.25, NULL, NULL, 'answer 10', NULL, NULL, NULL, NULL, 'ac0335db6e707160dd6a21f942551e58', 'cbe1fd9a3e4560b5', 'r1', '2026-11-22T10:00:00Z', '  two  blanks
', 't10', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"10?"}]', 'answer 10', NULL, NULL, NULL, NULL, NULL, NULL, '{"a":1.0}', NULL);
INSERT INTO public.candidates VALUES (52, 'o2', 8, 'approved', 7, NULL, 'cf-orch', 'm1', 't', 0, NULL, NULL, 'fixed', NULL, NULL, NULL, NULL, 'dda98a9a05aa1f3bcb3a8e077f5adcf1', '8949cdf71557ec4b', NULL, NULL, 'no match', NULL, 'T o2', NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"what time is it?"},{"role":"assistant","content":"","tool_calls":[{"name":"now","arguments":{}}]},{"role":"tool","tool_call_id":"c1","content":"12:00"}]', 'r', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (54, 'o4', 8, 'approved', 9, NULL, 'cf-orch', 'm1', 't', 0, NULL, NULL, 'fixed', NULL, NULL, NULL, NULL, 'e4e21b7e618e5200cb3a8e077f5adcf1', '767c77651fff5ba2', NULL, NULL, 'no match', NULL, 'T o4', NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"what time is it?"},{"role":"assistant","content":"","tool_calls":[{"id":"c1","type":"function","function":{"name":"now","arguments":null}}]},{"role":"tool","tool_call_id":"c1","content":"12:00"}]', 'r', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (55, 's1', 9, 'approved', 10, NULL, 'cf-orch', 'm1', 't', 0, NULL, NULL, 'fixed', NULL, NULL, NULL, NULL, 'c91914a8851727c3cb3a8e077f5adcf1', 'ac3fa2b13661b367', NULL, NULL, 'no match', NULL, 'T s1', NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"what time is it?"},{"role":"assistant","content":"","tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{\"x\": 1}"}}]},{"role":"tool","tool_call_id":"c1","content":"12:00"}]', 'r', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (56, 's2', 9, 'approved', 11, NULL, 'cf-orch', 'm1', 't', 0, NULL, NULL, 'fixed', NULL, NULL, NULL, NULL, 'f39b494a55d075decb3a8e077f5adcf1', '8ab3bbb4bda1132a', NULL, NULL, 'no match', NULL, 'T s2', NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"what time is it?"},{"role":"assistant","content":"","tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":{"x":1}}}]},{"role":"tool","tool_call_id":"c1","content":"12:00"}]', 'r', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (57, 's3', 9, 'approved', 12, NULL, 'cf-orch', 'm1', 't', 0, NULL, NULL, 'fixed', NULL, NULL, NULL, NULL, '245fd977ae970941cb3a8e077f5adcf1', '339cc69af53e4ec0', NULL, NULL, 'no match', NULL, 'T s3', NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"what time is it?"},{"role":"assistant","content":"","tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":{"x":"one"}}}]},{"role":"tool","tool_call_id":"c1","content":"12:00"}]', 'r', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (58, 's4', 9, 'approved', 13, NULL, 'cf-orch', 'm1', 't', 0, NULL, NULL, 'fixed', NULL, NULL, NULL, NULL, '89dc9637035328fbcb3a8e077f5adcf1', '2e003d21c61b95f0', NULL, NULL, 'no match', NULL, 'T s4', NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"what time is it?"},{"role":"assistant","content":"","tool_calls":[{"id":"c1","type":"function","function":{"name":"g","arguments":{"city":"Rome"}}}]},{"role":"tool","tool_call_id":"c1","content":"12:00"}]', 'r', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (59, 't1', 10, 'approved', 14, NULL, 'cf-orch', 'm1', 't', 0, NULL, NULL, 'fixed', NULL, NULL, NULL, NULL, 'e1f6f13457f41e57cb3a8e077f5adcf1', 'b790da2e997ffcb5', NULL, NULL, 'no match', NULL, 'T t1', NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"q"}]', 'r', NULL, NULL, NULL, NULL, NULL, '[{"type":"function","function":{"name":"f","parameters":{"type":"object","properties":{"x":{"default":5}}}}}]', NULL, NULL);
INSERT INTO public.candidates VALUES (60, 't2', 10, 'approved', 15, NULL, 'cf-orch', 'm1', 't', 0, NULL, NULL, 'fixed', NULL, NULL, NULL, NULL, 'e1f6f13457f41e57cb3a8e077f5adcf1', 'b790da2e997ffcb5', NULL, NULL, 'no match', NULL, 'T t2', NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"q"}]', 'r', NULL, NULL, NULL, NULL, NULL, '[{"type":"function","function":{"name":"f","parameters":{"type":"object","properties":{"x":{"default":"five"}}}}}]', NULL, NULL);
INSERT INTO public.candidates VALUES (62, 'n2', 11, 'needs_review', NULL, NULL, 'cf-orch', 'm1', 't', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '8bc6cc9877dc11d734f2ddaa8b7615c9', '5f369c821470d982', NULL, NULL, 'no match', NULL, 'T n2', NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"half of two?"}]', 'one', '1.0', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (63, 'n3', 11, 'needs_review', NULL, NULL, 'cf-orch', 'm1', 't', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '4a59d4e9d0e12fc54adf4367f96e584f', 'd9aade203280d2fd', NULL, NULL, 'no match', NULL, 'T n3', NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"list"}]', 'x', '[9007199254740993,0.1]', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (64, 'r1', 12, 'approved', 16, NULL, 'cf-orch', 'm1', 't', 0, NULL, NULL, 'fixed', NULL, NULL, NULL, NULL, 'a9bb23e900cda87dcb3a8e077f5adcf1', 'c46d8ecb1d2c292b', NULL, NULL, 'no match', NULL, 'T r1', NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"a"},{"role":"system","content":"be brief"},{"role":"user","content":"b"}]', 'r', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (65, 'r2', 12, 'approved', 17, NULL, 'cf-orch', 'm1', 't', 0, NULL, NULL, 'fixed', NULL, NULL, NULL, NULL, '8b685ef8eba6d0e3cb3a8e077f5adcf1', 'baf445d7bd89f6b6', NULL, NULL, 'no match', NULL, 'T r2', NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"a"},{"role":"function","content":"1"}]', 'r', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (66, 'r3', 12, 'approved', 18, NULL, 'cf-orch', 'm1', 't', 0, NULL, NULL, 'fixed', NULL, NULL, NULL, NULL, '1a470381316a8f01cb3a8e077f5adcf1', '2f611faaf6129d00', NULL, NULL, 'no match', NULL, 'T r3', NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"a"},{"role":"assistant","content":"b"}]', 'r', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (67, 'r4', 12, 'approved', 19, NULL, 'cf-orch', 'm1', 't', 0, NULL, NULL, 'fixed', NULL, NULL, NULL, NULL, '153aa0fadfd8282ccb3a8e077f5adcf1', 'b070ebb15f0ba6ae', NULL, NULL, 'no match', NULL, 'T r4', NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"system","content":"only this"}]', 'r', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (68, 'r5', 12, 'approved', 20, NULL, 'cf-orch', 'm1', 't', 0, NULL, NULL, 'good row', NULL, NULL, NULL, NULL, 'e1f6f13457f41e57cb3a8e077f5adcf1', 'b790da2e997ffcb5', NULL, NULL, 'no match', NULL, 'T r5', NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"q"}]', 'r', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (70, 'w2', 13, 'needs_review', NULL, NULL, 'cf-orch', 'm1', 't', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '3b2221b27cabfffce76d892e01aae210', '0034228678c29d50', NULL, NULL, 'no match', NULL, 'T w2', NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"answer?"}]', ' 
	 ', '"42"', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (71, 'w3', 13, 'needs_review', NULL, NULL, 'cf-orch', 'm1', 't', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '3b2221b27cabfffc09a7e679ff119b9e', '4c35a19d91933f67', NULL, NULL, 'no match', NULL, 'T w3', NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"answer?"}]', '42​', '"42"', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (73, 'lm-eval-907613d8559f93e927f1c63241774342', 14, 'needs_review', NULL, NULL, 'lm-eval', 'one', 'sums', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '21b7f035732a4a33e75017cace788f82', '26267f09aa1e3a9a', '2026-11-22T10-00-00.000000', '2026-11-22T10:00:00', 'exact_match 0 (passes at 1): answered "7", expected "2"', '1', NULL, 'org/one', NULL, NULL, NULL, 'lm-eval', '1', '[{"role":"user","content":"1 + 1?"}]', '7', '"2"', '{"exact_match":0.0}', NULL, NULL, NULL, NULL, '{"harness_version":"0.4.13","task_version":1,"num_fewshot":0,"filter":"none","parameters":{"until":["\n"]},"metadata":{"question":"1 + 1?"}}', NULL);
INSERT INTO public.candidates VALUES (10, 'run/9', 1, 'model_rejected', 39, 'partial_answer', 'cf-orch', 'm', 'sums', 0.25, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'eaea18b42b9aa033f07103505270fa85', '2f345f4b1b4a3ba9', '2026-11-22-100000', '2026-11-22T10:00:00Z', '  two  blanks
', 't9', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"9?"}]', 'answer 9', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (61, 'n1', 11, 'discarded', 53, 'format_error', 'cf-orch', 'm1', 't', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '59fb70709c3d140cdeb87493eaadfac9', '6b78bf865e2b9067', NULL, NULL, 'no match', NULL, 'T n1', NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"2^53+1?"}]', '9007199254740992', '9007199254740993', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (69, 'w1', 13, 'discarded', 54, NULL, 'cf-orch', 'm1', 't', 0, NULL, NULL, NULL, 'of no use', NULL, NULL, NULL, '3b2221b27cabfffc2852dc959201a8dc', '62c184d32094adcc', NULL, NULL, 'no match', NULL, 'T w1', NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"answer?"}]', '42 
', '"42"', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (72, 'lm-eval-8aabd21895c3bf3639f429da0146d414', 14, 'model_rejected', 55, 'hallucination', 'lm-eval', 'one', 'sums', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '03f9e8e53339ee3c711d7b067f3018b6', '3f25b7d48c594198', '2026-11-22T10-00-00.000000', '2026-11-22T10:00:00', 'exact_match 0 (passes at 1): answered "4", expected "1"', '0', NULL, 'org/one', NULL, NULL, NULL, 'lm-eval', '0', '[{"role":"user","content":"0 + 1?"}]', '4', '"1"', '{"exact_match":0.0}', NULL, NULL, NULL, NULL, '{"harness_version":"0.4.13","task_version":1,"num_fewshot":0,"filter":"none","parameters":{"until":["\n"]},"metadata":{"question":"0 + 1?"}}', NULL);
INSERT INTO public.candidates VALUES (179, 'line-b65ecde559029b963a2af06533c24af9', 51, 'discarded', 89, 'scoring_artifact', 'cf-orch', 'm', 'sent', 0.25, NULL, NULL, NULL, 'was right', NULL, NULL, NULL, 'eaea18b42b9aa033f07103505270fa85', '2f345f4b1b4a3ba9', NULL, '2026-11-22T10:00:00Z', '  two  blanks
', 't9', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"9?"}]', 'answer 9', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (183, 'ingest-335ca7babd7ec873398e5214533c3081', 52, 'approved', 90, NULL, 'chat', NULL, 'chat', NULL, NULL, NULL, 'Hello.', NULL, NULL, NULL, NULL, '67f3df893a535493d43027db41938695', 'c6d4338769638180', NULL, '2026-11-30T00:12:30.981950Z', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'ingest', NULL, '[{"role":"user","content":"Hi?"}]', 'Ho.', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (74, 'lm-eval-c5381248ab5337a92c9e24dcf5bb8d0d', 14, 'needs_review', NULL, NULL, 'lm-eval', 'one', 'sums', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'f6077ff3ccc1fe6340f89e395b66422f', '43863330b097faf3', '2026-11-22T10-00-00.000000', '2026-11-22T10:00:00', 'exact_match 0 (passes at 1): answered "a", expected "3"', '2', NULL, 'org/one', NULL, NULL, NULL, 'lm-eval', '2', '[{"role":"user","content":"2 + 1?"}]', 'a', '"3"', '{"exact_match":0.0}', NULL, NULL, NULL, NULL, '{"harness_version":"0.4.13","task_version":1,"num_fewshot":0,"filter":"none","parameters":{"until":["\n"]},"metadata":{"question":"2 + 1?"}}', NULL);
INSERT INTO public.candidates VALUES (76, 'lm-eval-4450d536311ad42ed0033e0074265f78', 14, 'needs_review', NULL, NULL, 'lm-eval', 'one', 'sums', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2b2f8fab59d029f0373f6364cd072c1b', '1df198a30289a409', '2026-11-22T10-00-00.000000', '2026-11-22T10:00:00', 'exact_match 0 (passes at 1): answered "c", expected "5"', '4', NULL, 'org/one', NULL, NULL, NULL, 'lm-eval', '4', '[{"role":"user","content":"4 + 1?"}]', 'c', '"5"', '{"exact_match":0.0}', NULL, NULL, NULL, NULL, '{"harness_version":"0.4.13","task_version":1,"num_fewshot":0,"filter":"none","parameters":{"until":["\n"]},"metadata":{"question":"4 + 1?"}}', NULL);
INSERT INTO public.candidates VALUES (77, 'lm-eval-82ea92c6905f6089a06d27ae5cbebd2c', 15, 'needs_review', NULL, NULL, 'lm-eval', NULL, 'choice', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'acabb40363e46cfb3eacfa8151d2334f', '8a9f77e7afd4fe47', '2026-11-22T10-00-01.000000', '2026-11-22T10:00:01', 'exact_match 0 (passes at 1): answered "B", expected "B"', '0', NULL, NULL, NULL, NULL, NULL, 'lm-eval', '0', '[{"role":"user","content":"A or B?\nAnswer:"}]', ' B', '"B"', '{"exact_match":0.0}', NULL, NULL, NULL, NULL, '{"filter":"none","parameters":{"until":["\n"]},"metadata":{"question":"A or B?\nAnswer:"}}', NULL);
INSERT INTO public.candidates VALUES (79, 'lm-eval-d02d18ddc8dde7c041c51202851d9131', 18, 'needs_review', NULL, NULL, 'lm-eval', NULL, 'humaneval', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'bb982d88aebb477a36c81be059ba38a1', 'b2f3213453a0bd55', '2026-11-22T10-00-04.000000', '2026-11-22T10:00:04', 'pass@1 0 (passes at 1): answered "return x", expected "def check(f): assert f(1) == 2 check(inc)"', '0', NULL, NULL, NULL, NULL, NULL, 'lm-eval', '0', '[{"role":"user","content":"def inc(x):\n"}]', '    return x', '"def check(f):\n    assert f(1) == 2\n\ncheck(inc)"', '{"pass@1":0.0}', NULL, NULL, NULL, NULL, '{"filter":"none","parameters":{"until":["\n"]},"metadata":{"task_id":"H/0","prompt":"def inc(x):\n","test":"def check(f): ...","entry_point":"inc"}}', NULL);
INSERT INTO public.candidates VALUES (80, 'lm-eval-209d3106410d07e41e2ae8a99005f2c4', 18, 'needs_review', NULL, NULL, 'lm-eval', NULL, 'ifeval', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '0259085b815a9a382d76e8f4ec4010a6', '6829511bdea13f62', '2026-11-22T10-00-04.000000', '2026-11-22T10:00:04', 'prompt_level_strict_acc 0 (passes at 1): answered "Well, here it is.", expected "0"', '0', NULL, NULL, NULL, NULL, NULL, 'lm-eval', '0', '[{"role":"user","content":"Write it without commas."}]', 'Well, here it is.', '"0"', '{"prompt_level_strict_acc":false}', NULL, NULL, NULL, NULL, '{"filter":"none","parameters":{"until":["\n"]},"metadata":{"key":1,"prompt":"Write it without commas.","instruction_id_list":["punctuation:no_comma"],"kwargs":[{}]}}', NULL);
INSERT INTO public.candidates VALUES (82, 'lm-eval-d30226831ecb144298c0f3acec90eed4', 19, 'needs_review', NULL, NULL, 'lm-eval', 'gsm', 'gsm', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '0b7faa8f001c016e8b54089fee8d99a0', 'cec4bb99aa752500', '2026-11-22T10-00-05.000000', '2026-11-22T10:00:05', 'exact_match 0 (passes at 1): answered "5", expected "4"', '0', NULL, 'gsm', NULL, NULL, NULL, 'lm-eval', '0', '[{"role":"user","content":"Question?"}]', '5', '"4"', '{"exact_match":0.0}', NULL, NULL, NULL, NULL, '{"filter":"none","parameters":{"until":["\n"]},"metadata":{"question":"Question?"}}', NULL);
INSERT INTO public.candidates VALUES (83, 'generic-2f1d299ee70fc9ea65fad2a8441e5756', 21, 'needs_review', NULL, NULL, 'generic', NULL, NULL, 0.3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '94e035e000199ea8c66e75da0f963fda', 'b3a02d2451f69e46', NULL, NULL, 'reward 0.3 (passes at 1): answered "[{"role":"assistant","content":"cab"}]", expected "cba"', '0', NULL, NULL, NULL, NULL, NULL, 'generic', '0', '[{"role":"system","content":"Reverse."},{"role":"user","content":"abc"}]', '[{"role":"assistant","content":"cab"}]', '"cba"', '{"reward":0.3}', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (85, 'generic-8ce57813388042688bb96e5eee051b8f', 23, 'needs_review', NULL, NULL, 'generic', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '758ec4c21c85917eb97a95ab93a6394e', '663257e293ff35a1', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'generic', NULL, '[{"role":"user","content":"1?"}]', '[
  {
    "type": "function",
    "function": {
      "name": "add",
      "arguments": "{\"a\":1}"
    }
  }
]', NULL, NULL, NULL, NULL, NULL, NULL, '{"response_type":"tool_calls"}', NULL);
INSERT INTO public.candidates VALUES (86, 'generic-1828fa8f894ef65cf5fac28162ffb27d', 23, 'needs_review', NULL, NULL, 'generic', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '026d6fd0b989a0f46d7cac7c127b99d7', 'ea141c8817252a26', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'generic', NULL, '[{"role":"user","content":"2?"}]', '{"role":"assistant","content":"5"}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (88, 'generic-5c5d56c478e7921abb26248d2a6a3e87', 23, 'needs_review', NULL, NULL, 'generic', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2a52935f4b1028dc030a4ee66fc904be', '968f4d768bf92fab', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'generic', NULL, '[{"role":"user","content":"4?"}]', '["x","y"]', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (89, 'generic-8a9cf5a00543f694d3de56b1afd249df', 24, 'needs_review', NULL, NULL, 'generic', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '758ec4c21c85917e1bf41ef6fd6f6f6c', 'aeccc2e43ef4375f', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'generic', NULL, '[{"role":"user","content":"1?"}]', '2', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (91, 'ragas-13b828a04f9b4e92bfa775ff289403c3', 25, 'needs_review', NULL, NULL, 'ragas', NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'e5c64a025ab510d9f3ce34e5351ebcb0', '579bbddd719cd3b9', NULL, NULL, 'goal_accuracy 0 (passes at 0.5): answered "It is 4.", expected "3"', NULL, NULL, NULL, NULL, NULL, NULL, 'ragas', NULL, '[{"role":"user","content":"Add 1 and 2."},{"role":"assistant","content":"","tool_calls":[{"type":"function","function":{"name":"add","arguments":"{\"a\":1,\"b\":2}"}}]},{"role":"tool","content":"3"}]', 'It is 4.', '"3"', '{"goal_accuracy":0.0}', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (78, 'lm-eval-c67a66cc7200b84b81e4863dac97e05b', 16, 'approved', 57, 'wrong_answer', 'lm-eval', 'm', 'melting', NULL, NULL, NULL, '1', 'one off', NULL, NULL, NULL, '0b7faa8f001c016eb7f311fe026e7bd1', '5262cc5a5cf9808b', '2026-11-22T10-00-02.000000', '2026-11-22T10:00:02', 'mae 2.5 (passes at 0 or less): answered "40", expected "42.5"', '4', NULL, 'org/m', NULL, NULL, NULL, 'lm-eval', '4', '[{"role":"user","content":"Question?"}]', '40', '"42.5"', '{"mae":2.5}', NULL, NULL, NULL, NULL, '{"filter":"none","parameters":{"until":["\n"]},"metadata":{"question":"Question?"}}', NULL);
INSERT INTO public.candidates VALUES (84, 'generic-d124985848704daf17d919660d4d2d47', 21, 'approved', 59, 'scoring_artifact', 'generic', NULL, NULL, 0, NULL, NULL, '[{"role":"assistant","content":"","tool_calls":[{"id":"c1","type":"function","function":{"name":"add","arguments":"{\"a\":2,\"b\":2}"}}]},{"role":"tool","tool_call_id":"c1","content":"4"},{"role":"assistant","content":"5"}]', NULL, NULL, NULL, NULL, 'd5c7ba78c4cafd92705e86cb65cc6c76', '722014b27351f26c', NULL, NULL, 'reward 0 (passes at 1): answered "[{"role":"assistant","content":"","tool_calls":[{"id":"c1","type":"function","function":{"name":"add","arguments":"{\"a\":2,\"b\":2}"}}]},{"role":"tool","tool_call_id":"c1","content":"4"},{"role":"ass…", expected "4"', '1', NULL, NULL, NULL, NULL, NULL, 'generic', '1', '[{"role":"user","content":"2+2? Use the tool."}]', '[{"role":"assistant","content":"","tool_calls":[{"id":"c1","type":"function","function":{"name":"add","arguments":"{\"a\":2,\"b\":2}"}}]},{"role":"tool","tool_call_id":"c1","content":"4"},{"role":"assistant","content":"5"}]', '"4"', '{"reward":0.0}', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (87, 'generic-c89e1d54cae2f2c912f6ee6ce2e033cd', 23, 'approved', 60, 'style_violation', 'generic', NULL, NULL, NULL, NULL, NULL, ' four
', NULL, NULL, NULL, NULL, '9e043054c0b94fffcebe67bf0c1e4685', '9fef9e33874180d6', NULL, NULL, '  no  ', NULL, NULL, NULL, NULL, NULL, NULL, 'generic', NULL, '[{"role":"user","content":"3?"}]', ' four
', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (90, 'generic-43f10449397e6d2abee5ac00f5219701', 24, 'discarded', 61, 'format_error', 'generic', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '026d6fd0b989a0f40e4c76ea06d3b0b6', '23ce8be681bd5bd0', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'generic', NULL, '[{"role":"user","content":"2?"}]', '[
  {
    "id": "c",
    "type": "function",
    "function": {
      "name": "add",
      "arguments": "{}"
    }
  }
]', NULL, NULL, NULL, NULL, NULL, NULL, '{"response_type":"tool_calls"}', NULL);
INSERT INTO public.candidates VALUES (92, 'ragas-f31882bca94a3cdba0b5ac37f53b95d6', 25, 'needs_review', NULL, NULL, 'ragas', NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '23af90be13729ee82c5e24dffae4a862', '1e6316254db086cd', NULL, NULL, 'goal_accuracy 0 (passes at 0.5): answered "[ { "type": "function", "function": { "name": "weather", "arguments": "{\"city\":\"Paris\"}" } } ]", expected "sunny"', NULL, NULL, NULL, NULL, NULL, NULL, 'ragas', NULL, '[{"role":"user","content":"Weather?"}]', '[
  {
    "type": "function",
    "function": {
      "name": "weather",
      "arguments": "{\"city\":\"Paris\"}"
    }
  }
]', '"sunny"', '{"goal_accuracy":0.0}', NULL, NULL, NULL, NULL, '{"response_type":"tool_calls"}', NULL);
INSERT INTO public.candidates VALUES (94, 'promptfoo-16482cd9c96513ad55b107171cdb6b04', 26, 'needs_review', NULL, NULL, 'promptfoo', 'openai:m', 'criteria', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'd6c69b0b862ce3616505579ba6e64565', '5933a58f0758282e', 'eval-1', '2026-11-22T00:00:00.000Z', 'regex: no', '0.0', NULL, 'openai:m', NULL, NULL, NULL, 'promptfoo', '0.0', '[{"role":"user","content":"8 times 7? Digits only."}]', 'fifty-six', '"\\b56\\b"', '{"pass":false,"score":0.0}', 'regex: no', NULL, NULL, NULL, '{"prompt_label":"l","assertions":[{"type":"regex","metric":null,"pass":false,"score":0.0,"reason":"no"}],"result_id":"rregex"}', NULL);
INSERT INTO public.candidates VALUES (95, 'promptfoo-0b89e2e250a987ed1715799040623e79', 26, 'needs_review', NULL, NULL, 'promptfoo', 'openai:m', 'criteria', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'd6c69b0b862ce3616505579ba6e64565', '5933a58f0758282e', 'eval-1', '2026-11-22T00:00:00.000Z', 'llm-rubric: no', '1.0', NULL, 'openai:m', NULL, NULL, NULL, 'promptfoo', '1.0', '[{"role":"user","content":"8 times 7? Digits only."}]', 'fifty-six', '"Answers with digits only"', '{"pass":false,"score":0.0}', 'llm-rubric: no', NULL, NULL, NULL, '{"prompt_label":"l","assertions":[{"type":"llm-rubric","metric":null,"pass":false,"score":0.0,"reason":"no"}],"result_id":"rllm-rubric"}', NULL);
INSERT INTO public.candidates VALUES (97, 'promptfoo-f85aaed56bee285ce0ddcfe7a8ef6bde', 26, 'needs_review', NULL, NULL, 'promptfoo', 'openai:m', 'criteria', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'd6c69b0b862ce361087f9bd163d1e0ba', '7b657c028162a7ce', 'eval-1', '2026-11-22T00:00:00.000Z', 'equals: no', '3.0', NULL, 'openai:m', NULL, NULL, NULL, 'promptfoo', '3.0', '[{"role":"user","content":"8 times 7? Digits only."}]', '[{"functionCall":{"name":"mul","args":{"a":8,"b":7}},"thoughtSignature":"QUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVG"}]', '"56"', '{"pass":false,"score":0.0}', 'equals: no', NULL, NULL, NULL, '{"prompt_label":"l","assertions":[{"type":"equals","metric":null,"pass":false,"score":0.0,"reason":"no"}],"result_id":"rcall","response_type":"json"}', NULL);
INSERT INTO public.candidates VALUES (98, 'promptfoo-9b9461a73b49b46f2e8e36a77ea13b52', 27, 'needs_review', NULL, NULL, 'promptfoo', 'openai:m', 'unnumbered', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'd6c69b0b862ce3616505579ba6e64565', '5933a58f0758282e', NULL, '2026-11-22T00:00:00.000Z', 'regex: no', '7a291fd9474de686ff037544', NULL, 'openai:m', NULL, NULL, NULL, 'promptfoo', '7a291fd9474de686ff037544', '[{"role":"user","content":"8 times 7? Digits only."}]', 'fifty-six', '"\\b56\\b"', '{"pass":false,"score":0.0}', 'regex: no', NULL, NULL, NULL, '{"prompt_label":"l","assertions":[{"type":"regex","metric":null,"pass":false,"score":0.0,"reason":"no"}],"result_id":"rregex"}', NULL);
INSERT INTO public.candidates VALUES (100, 'deepeval-4b4c25d441cb8def7d3a26aa1a75b88d', 28, 'needs_review', NULL, NULL, 'deepeval', 'tiny', NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'b5277f54c3b2d55dafec4d380a7e70e6', 'e0b864bea8cbd958', 'test_run_20261122_100000', '2026-11-22T10:00:00', 'Tools 0 (passes at 0.5): no', 'a', 'a', 'org/tiny', NULL, NULL, NULL, 'deepeval', 'a', '[{"role":"user","content":"Add 1 and 2."}]', '[
  {
    "type": "function",
    "function": {
      "name": "add",
      "arguments": "{\"a\":1,\"b\":2}"
    }
  }
]', NULL, '{"Tools":0.0}', 'Tools: no', NULL, NULL, NULL, '{"parameters":{"model":"org/tiny"},"tools_called":[{"name":"add","inputParameters":{"a":1,"b":2}}],"response_type":"tool_calls"}', NULL);
INSERT INTO public.candidates VALUES (101, 'deepeval-79c466fb2b25879be0137e4ef9bb752f', 28, 'needs_review', NULL, NULL, 'deepeval', 'tiny', NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '5e5ccf07dc392527d2a6e474c9b9e16e', 'ff82c0490fe1b2c3', 'test_run_20261122_100000', '2026-11-22T10:00:00', 'Tools 0 (passes at 0.5): no', 'b', 'b', 'org/tiny', NULL, NULL, NULL, 'deepeval', 'b', '[{"role":"user","content":"And 3?"}]', '[
  {
    "type": "function",
    "function": {
      "name": "add",
      "arguments": "{}"
    }
  }
]', NULL, '{"Tools":0.0}', 'Tools: no', NULL, NULL, NULL, '{"parameters":{"model":"org/tiny"},"tools_called":[{"name":"add"}],"response_type":"tool_calls"}', NULL);
INSERT INTO public.candidates VALUES (103, 'deepeval-00e1abb3067a5d98cb4011e2f9eb60f1', 28, 'needs_review', NULL, NULL, 'deepeval', 'tiny', NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '451f0b0467daca3bb97a95ab93a6394e', 'a504550835490f55', 'test_run_20261122_100000', '2026-11-22T10:00:00', 'Tools 0 (passes at 0.5): no', 'd', 'd', 'org/tiny', NULL, NULL, NULL, 'deepeval', 'd', '[{"role":"user","content":"Add."}]', '[
  {
    "type": "function",
    "function": {
      "name": "add",
      "arguments": "{\"a\":1}"
    }
  }
]', NULL, '{"Tools":0.0}', 'Tools: no', NULL, NULL, NULL, '{"parameters":{"model":"org/tiny"},"response_type":"tool_calls","tools_called_in_turns":{"1":[{"name":"add","inputParameters":{"a":1}}]}}', NULL);
INSERT INTO public.candidates VALUES (104, 'lm-eval-4340414e7aaa843a9436d80c96ae7806', 29, 'needs_review', NULL, NULL, 'lm-eval', 'mock-chat', 'aliases', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2711e6bc4efa7bc3f78bfc3c3ec15027', 'f912be002424f42d', '2026-11-22T22-01-39.875704', '2026-11-22T22:01:29Z', 'exact_match 0 (passes at 1): answered "Lyon", expected "Paris" or "paris"', '0', NULL, 'mock-chat', NULL, NULL, NULL, 'lm-eval', '0', '[{"role":"system","content":"Answer briefly."},{"role":"user","content":"Question: What is 1 + 1?\nAnswer:"},{"role":"assistant","content":"2"},{"role":"user","content":"Question: What is the capital of France?\nAnswer:"}]', 'Lyon', '["Paris","paris"]', '{"exact_match":0.0}', NULL, NULL, NULL, NULL, '{"harness_version":"0.4.13","task_version":1.0,"num_fewshot":1,"filter":"first","parameters":{"until":["\n\n"],"max_gen_toks":12,"do_sample":true,"temperature":0.7},"other_responses":["Lyon"],"metadata":{"id":"q1","question":"What is the capital of France?","answer":"Paris"}}', NULL);
INSERT INTO public.candidates VALUES (99, 'promptfoo-c5b0fa352743b3a3b7c4d2a971c3d673', 27, 'model_rejected', 64, NULL, 'promptfoo', 'openai:m', 'unnumbered', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'd6c69b0b862ce361087f9bd163d1e0ba', '7b657c028162a7ce', NULL, '2026-11-22T00:00:00.000Z', 'equals: no', '94381be94a76dd3ff29f64ed', NULL, 'openai:m', NULL, NULL, NULL, 'promptfoo', '94381be94a76dd3ff29f64ed', '[{"role":"user","content":"8 times 7? Digits only."}]', '[{"functionCall":{"name":"mul","args":{"a":8,"b":7}},"thoughtSignature":"QUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVGQUJDREVG"}]', '"56"', '{"pass":false,"score":0.0}', 'equals: no', NULL, NULL, NULL, '{"prompt_label":"l","assertions":[{"type":"equals","metric":null,"pass":false,"score":0.0,"reason":"no"}],"result_id":"rcall","response_type":"json"}', NULL);
INSERT INTO public.candidates VALUES (102, 'deepeval-8fce9f6b2a60410986f6c4caa64a2dfe', 28, 'approved', 65, 'wrong_answer', 'deepeval', 'tiny', NULL, 0, NULL, NULL, '1', 'one off', NULL, NULL, NULL, '70b30387e7ba2da25ab284b1eaee9788', '9d454019b065f358', 'test_run_20261122_100000', '2026-11-22T10:00:00', 'Tools 0 (passes at 0.5): no', 'c', 'c', 'org/tiny', NULL, NULL, NULL, 'deepeval', 'c', '[{"role":"user","content":"So?"}]', ' six
', '"  6 "', '{"Tools":0.0}', 'Tools: no', NULL, NULL, NULL, '{"parameters":{"model":"org/tiny"}}', NULL);
INSERT INTO public.candidates VALUES (106, 'lm-eval-6b1d8211ccd2773905bfb439f01f7acc', 29, 'needs_review', NULL, NULL, 'lm-eval', 'mock-chat', 'capitals', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'c3656c21ac1a48f1f78bfc3c3ec15027', '96035852e6cbbb16', '2026-11-22T22-01-39.875704', '2026-11-22T22:01:29Z', 'exact_match 0 (passes at 1): answered "[invalid]", expected "Paris"', '0', NULL, 'mock-chat', NULL, NULL, NULL, 'lm-eval', '0', '[{"role":"system","content":"Answer briefly."},{"role":"user","content":"Question: What is the capital of France?\nAnswer:"}]', 'Lyon', '"Paris"', '{"exact_match":0.0}', NULL, '[invalid]', NULL, NULL, '{"harness_version":"0.4.13","task_version":1.0,"num_fewshot":0,"filter":"strict","parameters":{"until":["\n\n"],"max_gen_toks":12,"do_sample":false},"metadata":{"id":"q1","question":"What is the capital of France?","answer":"Paris"},"other_filters":{"flexible":{"answer":"Lyon","scores":{"exact_match":0.0}}}}', NULL);
INSERT INTO public.candidates VALUES (107, 'lm-eval-8359017a6ca4a47fc3972747799da6a6', 29, 'needs_review', NULL, NULL, 'lm-eval', 'mock-chat', 'capitals', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '62aa19f4e3641c8357b43cf02666687a', '0efc7c59d4c91861', '2026-11-22T22-01-39.875704', '2026-11-22T22:01:29Z', 'exact_match 0 (passes at 1): answered "[invalid]", expected "42"', '1', NULL, 'mock-chat', NULL, NULL, NULL, 'lm-eval', '1', '[{"role":"system","content":"Answer briefly."},{"role":"user","content":"Question: What is 17 + 25?\nAnswer:"}]', '42', '"42"', '{"exact_match":0.0}', NULL, '[invalid]', NULL, NULL, '{"harness_version":"0.4.13","task_version":1.0,"num_fewshot":0,"filter":"strict","parameters":{"until":["\n\n"],"max_gen_toks":12,"do_sample":false},"metadata":{"id":"q2","question":"What is 17 + 25?","answer":"42"},"other_filters":{"flexible":{"answer":"42","scores":{"exact_match":1.0}}}}', NULL);
INSERT INTO public.candidates VALUES (109, 'lm-eval-915b58ce5186f349cd1a996a6616488e', 29, 'needs_review', NULL, NULL, 'lm-eval', 'mock-chat', 'capitals', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '4b4f190ba24de169caa047397f356421', 'bcf7a87085e86988', '2026-11-22T22-01-39.875704', '2026-11-22T22:01:29Z', 'exact_match 0 (passes at 1): answered "[invalid]", expected "lol"', '3', NULL, 'mock-chat', NULL, NULL, NULL, 'lm-eval', '3', '[{"role":"system","content":"Answer briefly."},{"role":"user","content":"Question: Wie heißt die Hauptstadt von Österreich?\nAnswer:"}]', 'lol', '"lol"', '{"exact_match":0.0}', NULL, '[invalid]', NULL, NULL, '{"harness_version":"0.4.13","task_version":1.0,"num_fewshot":0,"filter":"strict","parameters":{"until":["\n\n"],"max_gen_toks":12,"do_sample":false},"metadata":{"id":"q4","question":"Wie heißt die Hauptstadt von Österreich?","answer":"lol"},"other_filters":{"flexible":{"answer":"lol","scores":{"exact_match":1.0}}}}', NULL);
INSERT INTO public.candidates VALUES (110, 'lm-eval-7347bb4a82a5f95552c9ed629f534705', 31, 'needs_review', NULL, NULL, 'lm-eval', 'tiny', 'aliases', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '8e869595b2a1825acaa047397f356421', '986cea9b80df610b', '2026-11-22T22-06-06.494889', '2026-11-22T22:06:04Z', 'exact_match 0 (passes at 1): answered "lol", expected "Paris" or "paris"', '0', NULL, 'org/tiny', NULL, NULL, NULL, 'lm-eval', '0', '[{"role":"user","content":"Question: What is 1 + 1?\nAnswer: 2\n\nQuestion: What is the capital of France?\nAnswer:"}]', 'lol', '["Paris","paris"]', '{"exact_match":0.0}', NULL, NULL, NULL, NULL, '{"task_version":1.0,"num_fewshot":1,"filter":"first","parameters":{"until":["\n\n"],"max_gen_toks":12,"do_sample":true,"temperature":0.7},"other_responses":["lol"],"metadata":{"id":"q1","question":"What is the capital of France?","answer":"Paris"}}', NULL);
INSERT INTO public.candidates VALUES (112, 'lm-eval-c3c6e6a11f809bb80dc699695ee81499', 31, 'needs_review', NULL, NULL, 'lm-eval', 'tiny', 'aliases', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '5161fccc55d18ecdcaa047397f356421', '5c246bc2b7fc1b20', '2026-11-22T22-06-06.494889', '2026-11-22T22:06:04Z', 'exact_match 0 (passes at 1): answered "lol", expected "Shakespeare" or "shakespeare"', '2', NULL, 'org/tiny', NULL, NULL, NULL, 'lm-eval', '2', '[{"role":"user","content":"Question: What is 1 + 1?\nAnswer: 2\n\nQuestion: Who wrote Hamlet? <b>One name</b>, please.\nAnswer:"}]', 'lol', '["Shakespeare","shakespeare"]', '{"exact_match":0.0}', NULL, NULL, NULL, NULL, '{"task_version":1.0,"num_fewshot":1,"filter":"first","parameters":{"until":["\n\n"],"max_gen_toks":12,"do_sample":true,"temperature":0.7},"other_responses":["lol"],"metadata":{"id":"q3","question":"Who wrote Hamlet? <b>One name</b>, please.","answer":"Shakespeare"}}', NULL);
INSERT INTO public.candidates VALUES (113, 'lm-eval-5fe5330b01c66989820860889b586910', 31, 'needs_review', NULL, NULL, 'lm-eval', 'tiny', 'capitals', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '12cd7131c7611aa5caa047397f356421', '8a448da89b28c4e9', '2026-11-22T22-06-06.494889', '2026-11-22T22:06:04Z', 'exact_match 0 (passes at 1): answered "[invalid]", expected "Paris"', '0', NULL, 'org/tiny', NULL, NULL, NULL, 'lm-eval', '0', '[{"role":"user","content":"Question: What is the capital of France?\nAnswer:"}]', 'lol', '"Paris"', '{"exact_match":0.0}', NULL, '[invalid]', NULL, NULL, '{"task_version":1.0,"num_fewshot":0,"filter":"strict","parameters":{"until":["\n\n"],"max_gen_toks":12,"do_sample":false},"metadata":{"id":"q1","question":"What is the capital of France?","answer":"Paris"},"other_filters":{"flexible":{"answer":"lol","scores":{"exact_match":0.0}}}}', NULL);
INSERT INTO public.candidates VALUES (108, 'lm-eval-9fa19d08004a48b2a3ccb7e67f270b49', 29, 'approved', 67, 'scoring_artifact', 'lm-eval', 'mock-chat', 'capitals', 0, NULL, NULL, 'The answer is Shakespeare.', NULL, NULL, NULL, NULL, 'e6d2c20dc880addb533c3937a9dc0b23', 'd8f0dfcca31951f6', '2026-11-22T22-01-39.875704', '2026-11-22T22:01:29Z', 'exact_match 0 (passes at 1): answered "Shakespeare.", expected "Shakespeare"', '2', NULL, 'mock-chat', NULL, NULL, NULL, 'lm-eval', '2', '[{"role":"system","content":"Answer briefly."},{"role":"user","content":"Question: Who wrote Hamlet? <b>One name</b>, please.\nAnswer:"}]', 'The answer is Shakespeare.', '"Shakespeare"', '{"exact_match":0.0}', NULL, 'Shakespeare.', NULL, NULL, '{"harness_version":"0.4.13","task_version":1.0,"num_fewshot":0,"filter":"strict","parameters":{"until":["\n\n"],"max_gen_toks":12,"do_sample":false},"metadata":{"id":"q3","question":"Who wrote Hamlet? <b>One name</b>, please.","answer":"Shakespeare"},"other_filters":{"flexible":{"answer":"The answer is Shakespeare.","scores":{"exact_match":0.0}}}}', NULL);
INSERT INTO public.candidates VALUES (111, 'lm-eval-fffa677cb69202eedee32c28856eb94f', 31, 'approved', 68, 'style_violation', 'lm-eval', 'tiny', 'aliases', 0, NULL, NULL, 'lol', NULL, NULL, NULL, NULL, '5f52fc25348477e1caa047397f356421', 'a2d88741f64a48c7', '2026-11-22T22-06-06.494889', '2026-11-22T22:06:04Z', 'exact_match 0 (passes at 1): answered "lol", expected "42"', '1', NULL, 'org/tiny', NULL, NULL, NULL, 'lm-eval', '1', '[{"role":"user","content":"Question: What is 1 + 1?\nAnswer: 2\n\nQuestion: What is 17 + 25?\nAnswer:"}]', 'lol', '["42"]', '{"exact_match":0.0}', NULL, NULL, NULL, NULL, '{"task_version":1.0,"num_fewshot":1,"filter":"first","parameters":{"until":["\n\n"],"max_gen_toks":12,"do_sample":true,"temperature":0.7},"other_responses":["lol"],"metadata":{"id":"q2","question":"What is 17 + 25?","answer":"42"}}', NULL);
INSERT INTO public.candidates VALUES (114, 'lm-eval-581ee510074d880fb134e7d8b62a1de4', 31, 'discarded', 69, 'format_error', 'lm-eval', 'tiny', 'capitals', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '299c5dc19d44159acaa047397f356421', 'd05d79f99b3d0187', '2026-11-22T22-06-06.494889', '2026-11-22T22:06:04Z', 'exact_match 0 (passes at 1): answered "[invalid]", expected "42"', '1', NULL, 'org/tiny', NULL, NULL, NULL, 'lm-eval', '1', '[{"role":"user","content":"Question: What is 17 + 25?\nAnswer:"}]', 'lol', '"42"', '{"exact_match":0.0}', NULL, '[invalid]', NULL, NULL, '{"task_version":1.0,"num_fewshot":0,"filter":"strict","parameters":{"until":["\n\n"],"max_gen_toks":12,"do_sample":false},"metadata":{"id":"q2","question":"What is 17 + 25?","answer":"42"},"other_filters":{"flexible":{"answer":"lol","scores":{"exact_match":0.0}}}}', NULL);
INSERT INTO public.candidates VALUES (115, 'lm-eval-1ce04d296b0d925b03dd38d29cc02751', 31, 'needs_review', NULL, NULL, 'lm-eval', 'tiny', 'capitals', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'ec874b60c98b6b5bcaa047397f356421', '462d9602758224fa', '2026-11-22T22-06-06.494889', '2026-11-22T22:06:04Z', 'exact_match 0 (passes at 1): answered "[invalid]", expected "Shakespeare"', '2', NULL, 'org/tiny', NULL, NULL, NULL, 'lm-eval', '2', '[{"role":"user","content":"Question: Who wrote Hamlet? <b>One name</b>, please.\nAnswer:"}]', 'lol', '"Shakespeare"', '{"exact_match":0.0}', NULL, '[invalid]', NULL, NULL, '{"task_version":1.0,"num_fewshot":0,"filter":"strict","parameters":{"until":["\n\n"],"max_gen_toks":12,"do_sample":false},"metadata":{"id":"q3","question":"Who wrote Hamlet? <b>One name</b>, please.","answer":"Shakespeare"},"other_filters":{"flexible":{"answer":"lol","scores":{"exact_match":0.0}}}}', NULL);
INSERT INTO public.candidates VALUES (116, 'lm-eval-dca68083395d0ca8ad0288898301a78a', 31, 'needs_review', NULL, NULL, 'lm-eval', 'tiny', 'capitals', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '879563de76b76e78caa047397f356421', 'fd4359d91390cf18', '2026-11-22T22-06-06.494889', '2026-11-22T22:06:04Z', 'exact_match 0 (passes at 1): answered "[invalid]", expected "lol"', '3', NULL, 'org/tiny', NULL, NULL, NULL, 'lm-eval', '3', '[{"role":"user","content":"Question: Wie heißt die Hauptstadt von Österreich?\nAnswer:"}]', 'lol', '"lol"', '{"exact_match":0.0}', NULL, '[invalid]', NULL, NULL, '{"task_version":1.0,"num_fewshot":0,"filter":"strict","parameters":{"until":["\n\n"],"max_gen_toks":12,"do_sample":false},"metadata":{"id":"q4","question":"Wie heißt die Hauptstadt von Österreich?","answer":"lol"},"other_filters":{"flexible":{"answer":"lol","scores":{"exact_match":1.0}}}}', NULL);
INSERT INTO public.candidates VALUES (118, 'lm-eval-6bd02016c7b6fc1a4e421d049a43940a', 31, 'needs_review', NULL, NULL, 'lm-eval', 'tiny', 'planets', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'fee8e5ece6b9636932b5d0aefab6439e', '0a398c0a89a050e5', '2026-11-22T22-06-06.494889', '2026-11-22T22:06:04Z', 'acc 0 (passes at 1): answered "three", expected "four"', '1', NULL, 'org/tiny', NULL, NULL, NULL, 'lm-eval', '1', '[{"role":"user","content":"What is 2 + 2?\nAnswer:"}]', 'three', '"four"', '{"acc":0.0,"acc_norm":0.0}', NULL, NULL, NULL, NULL, '{"task_version":0,"num_fewshot":0,"filter":"none","choices":["three","four","twenty-two"],"loglikelihoods":[-0.25891675029296335,-0.5112747213686085,-0.4049341374504143],"metadata":{"question":"What is 2 + 2?","choices":["three","four","twenty-two"],"label":1}}', NULL);
INSERT INTO public.candidates VALUES (119, 'lm-eval-43273b9591119d8391069c6d1210d2f4', 32, 'needs_review', NULL, NULL, 'lm-eval', 'tiny', 'aliases', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '8e869595b2a1825acaa047397f356421', '986cea9b80df610b', NULL, '2026-11-22T22:05:14Z', 'exact_match 0 (passes at 1): answered "lol", expected "Paris" or "paris"', '0', NULL, 'org/tiny', NULL, NULL, NULL, 'lm-eval', '0', '[{"role":"user","content":"Question: What is 1 + 1?\nAnswer: 2\n\nQuestion: What is the capital of France?\nAnswer:"}]', 'lol', '["Paris","paris"]', '{"exact_match":0.0}', NULL, NULL, NULL, NULL, '{"task_version":1.0,"num_fewshot":1,"filter":"first","parameters":{"until":["\n\n"],"max_gen_toks":12,"do_sample":true,"temperature":0.7},"other_responses":["lol"],"metadata":{"id":"q1","question":"What is the capital of France?","answer":"Paris"}}', NULL);
INSERT INTO public.candidates VALUES (121, 'lm-eval-2ed373392b7690c85a760051efc049df', 32, 'needs_review', NULL, NULL, 'lm-eval', 'tiny', 'aliases', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '5161fccc55d18ecdcaa047397f356421', '5c246bc2b7fc1b20', NULL, '2026-11-22T22:05:14Z', 'exact_match 0 (passes at 1): answered "lol", expected "Shakespeare" or "shakespeare"', '2', NULL, 'org/tiny', NULL, NULL, NULL, 'lm-eval', '2', '[{"role":"user","content":"Question: What is 1 + 1?\nAnswer: 2\n\nQuestion: Who wrote Hamlet? <b>One name</b>, please.\nAnswer:"}]', 'lol', '["Shakespeare","shakespeare"]', '{"exact_match":0.0}', NULL, NULL, NULL, NULL, '{"task_version":1.0,"num_fewshot":1,"filter":"first","parameters":{"until":["\n\n"],"max_gen_toks":12,"do_sample":true,"temperature":0.7},"other_responses":["lol"],"metadata":{"id":"q3","question":"Who wrote Hamlet? <b>One name</b>, please.","answer":"Shakespeare"}}', NULL);
INSERT INTO public.candidates VALUES (122, 'lm-eval-0c05b16761825ae7d731d96ebad23a51', 32, 'needs_review', NULL, NULL, 'lm-eval', 'tiny', 'capitals', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '12cd7131c7611aa5caa047397f356421', '8a448da89b28c4e9', NULL, '2026-11-22T22:05:14Z', 'exact_match 0 (passes at 1): answered "[invalid]", expected "Paris"', '0', NULL, 'org/tiny', NULL, NULL, NULL, 'lm-eval', '0', '[{"role":"user","content":"Question: What is the capital of France?\nAnswer:"}]', 'lol', '"Paris"', '{"exact_match":0.0}', NULL, '[invalid]', NULL, NULL, '{"task_version":1.0,"num_fewshot":0,"filter":"strict","parameters":{"until":["\n\n"],"max_gen_toks":12,"do_sample":false},"metadata":{"id":"q1","question":"What is the capital of France?","answer":"Paris"},"other_filters":{"flexible":{"answer":"lol","scores":{"exact_match":0.0}}}}', NULL);
INSERT INTO public.candidates VALUES (124, 'lm-eval-d5c56af24e60d564fa06ef7ef7437f54', 32, 'needs_review', NULL, NULL, 'lm-eval', 'tiny', 'capitals', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'ec874b60c98b6b5bcaa047397f356421', '462d9602758224fa', NULL, '2026-11-22T22:05:14Z', 'exact_match 0 (passes at 1): answered "[invalid]", expected "Shakespeare"', '2', NULL, 'org/tiny', NULL, NULL, NULL, 'lm-eval', '2', '[{"role":"user","content":"Question: Who wrote Hamlet? <b>One name</b>, please.\nAnswer:"}]', 'lol', '"Shakespeare"', '{"exact_match":0.0}', NULL, '[invalid]', NULL, NULL, '{"task_version":1.0,"num_fewshot":0,"filter":"strict","parameters":{"until":["\n\n"],"max_gen_toks":12,"do_sample":false},"metadata":{"id":"q3","question":"Who wrote Hamlet? <b>One name</b>, please.","answer":"Shakespeare"},"other_filters":{"flexible":{"answer":"lol","scores":{"exact_match":0.0}}}}', NULL);
INSERT INTO public.candidates VALUES (125, 'lm-eval-ab2457434623d3ae7d228b212d9c0959', 32, 'needs_review', NULL, NULL, 'lm-eval', 'tiny', 'capitals', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '879563de76b76e78caa047397f356421', 'fd4359d91390cf18', NULL, '2026-11-22T22:05:14Z', 'exact_match 0 (passes at 1): answered "[invalid]", expected "lol"', '3', NULL, 'org/tiny', NULL, NULL, NULL, 'lm-eval', '3', '[{"role":"user","content":"Question: Wie heißt die Hauptstadt von Österreich?\nAnswer:"}]', 'lol', '"lol"', '{"exact_match":0.0}', NULL, '[invalid]', NULL, NULL, '{"task_version":1.0,"num_fewshot":0,"filter":"strict","parameters":{"until":["\n\n"],"max_gen_toks":12,"do_sample":false},"metadata":{"id":"q4","question":"Wie heißt die Hauptstadt von Österreich?","answer":"lol"},"other_filters":{"flexible":{"answer":"lol","scores":{"exact_match":1.0}}}}', NULL);
INSERT INTO public.candidates VALUES (120, 'lm-eval-b9c1ba05d5c0d1e1c39ee51b53de289b', 32, 'model_rejected', 71, 'hallucination', 'lm-eval', 'tiny', 'aliases', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '5f52fc25348477e1caa047397f356421', 'a2d88741f64a48c7', NULL, '2026-11-22T22:05:14Z', 'exact_match 0 (passes at 1): answered "lol", expected "42"', '1', NULL, 'org/tiny', NULL, NULL, NULL, 'lm-eval', '1', '[{"role":"user","content":"Question: What is 1 + 1?\nAnswer: 2\n\nQuestion: What is 17 + 25?\nAnswer:"}]', 'lol', '["42"]', '{"exact_match":0.0}', NULL, NULL, NULL, NULL, '{"task_version":1.0,"num_fewshot":1,"filter":"first","parameters":{"until":["\n\n"],"max_gen_toks":12,"do_sample":true,"temperature":0.7},"other_responses":["lol"],"metadata":{"id":"q2","question":"What is 17 + 25?","answer":"42"}}', NULL);
INSERT INTO public.candidates VALUES (123, 'lm-eval-815f47656b5fbe2a1ff50c5655d52679', 32, 'model_rejected', 72, NULL, 'lm-eval', 'tiny', 'capitals', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '299c5dc19d44159acaa047397f356421', 'd05d79f99b3d0187', NULL, '2026-11-22T22:05:14Z', 'exact_match 0 (passes at 1): answered "[invalid]", expected "42"', '1', NULL, 'org/tiny', NULL, NULL, NULL, 'lm-eval', '1', '[{"role":"user","content":"Question: What is 17 + 25?\nAnswer:"}]', 'lol', '"42"', '{"exact_match":0.0}', NULL, '[invalid]', NULL, NULL, '{"task_version":1.0,"num_fewshot":0,"filter":"strict","parameters":{"until":["\n\n"],"max_gen_toks":12,"do_sample":false},"metadata":{"id":"q2","question":"What is 17 + 25?","answer":"42"},"other_filters":{"flexible":{"answer":"lol","scores":{"exact_match":0.0}}}}', NULL);
INSERT INTO public.candidates VALUES (127, 'lm-eval-f4eb2985b11e5c44d34c3b1ad0fd6150', 32, 'needs_review', NULL, NULL, 'lm-eval', 'tiny', 'planets', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'fee8e5ece6b9636932b5d0aefab6439e', '0a398c0a89a050e5', NULL, '2026-11-22T22:05:14Z', 'acc 0 (passes at 1): answered "three", expected "four"', '1', NULL, 'org/tiny', NULL, NULL, NULL, 'lm-eval', '1', '[{"role":"user","content":"What is 2 + 2?\nAnswer:"}]', 'three', '"four"', '{"acc":0.0,"acc_norm":0.0}', NULL, NULL, NULL, NULL, '{"task_version":0,"num_fewshot":0,"filter":"none","choices":["three","four","twenty-two"],"loglikelihoods":[-0.25891675029296335,-0.5112747213686085,-0.4049341374504143],"metadata":{"question":"What is 2 + 2?","choices":["three","four","twenty-two"],"label":1}}', NULL);
INSERT INTO public.candidates VALUES (128, 'lighteval-08b92ace5e47dae6c7b39059974d6810', 33, 'needs_review', NULL, NULL, 'lighteval', 'dummy', 'community-desk-gen-1', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '47abde1eb9fcd633c482d54b70efb17a', '759ee957646d9a5c', '2026-11-22T21-53-46.866301', '2026-11-22T21:53:46.866301', 'em 0 (passes at 1): answered "random baseline", expected "42"', '0', NULL, 'dummy', NULL, NULL, NULL, 'lighteval', '0', '[{"role":"user","content":"Answer in one word.\nQuestion: What is the capital of France?\nAnswer:Paris\n\nQuestion: What is 17 + 25?\nAnswer:"}]', 'random baseline', '"42"', '{"em":0.0,"f1":0.0}', NULL, NULL, NULL, NULL, '{"few_shots":1,"metadata":{"src_id":"q2"}}', NULL);
INSERT INTO public.candidates VALUES (130, 'lighteval-b3475a27702b88611192d93ac68900ad', 33, 'needs_review', NULL, NULL, 'lighteval', 'dummy', 'community-desk-gen-1', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'c612daf7abf24424c482d54b70efb17a', '4f4ec82670f7faee', '2026-11-22T21-53-46.866301', '2026-11-22T21:53:46.866301', 'em 0 (passes at 1): answered "random baseline", expected "William Shakespeare"', '2', NULL, 'dummy', NULL, NULL, NULL, 'lighteval', '2', '[{"role":"user","content":"Answer in one word.\nQuestion: What is the capital of France?\nAnswer:Paris\n\nQuestion: Who wrote Hamlet?\nAnswer:"}]', 'random baseline', '"William Shakespeare"', '{"em":0.0,"f1":0.0}', NULL, NULL, NULL, NULL, '{"few_shots":1,"metadata":{"src_id":"q3"}}', NULL);
INSERT INTO public.candidates VALUES (131, 'lighteval-b737c5e42049f04c5963ef223927fda7', 33, 'needs_review', NULL, NULL, 'lighteval', 'dummy', 'community-desk-mc-0', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '299c5dc19d44159a754687fa7f45b78e', 'f41b122f1a92cae9', '2026-11-22T21-53-46.866301', '2026-11-22T21:53:46.866301', 'acc 0 (passes at 1): answered "32", expected "42"', '0', NULL, 'dummy', NULL, NULL, NULL, 'lighteval', '0', '[{"role":"user","content":"Question: What is 17 + 25?\nAnswer:"}]', '32', '"42"', '{"acc":0.0}', NULL, NULL, NULL, NULL, '{"few_shots":0,"choices":{" 42":-0.32383276483316237," 32":-0.15084917392450192," 52":-0.6509344730398537}}', NULL);
INSERT INTO public.candidates VALUES (133, 'lighteval-18e52c68ee7b0563e2faa9b25152874d', 34, 'needs_review', NULL, NULL, 'lighteval', 'tiny', 'leaderboard-desk-gen-1', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '47abde1eb9fcd633c482d54b70efb17a', '759ee957646d9a5c', '2024-11-05T10-20-30.123456', '2024-11-05T10:20:30.123456', 'em 0 (passes at 1): answered "random baseline", expected "42"', '0', NULL, 'org/tiny', NULL, NULL, NULL, 'lighteval', '0', '[{"role":"user","content":"Answer in one word.\nQuestion: What is the capital of France?\nAnswer:Paris\n\nQuestion: What is 17 + 25?\nAnswer:"}]', 'random baseline', '"42"', '{"em":0.0,"f1":0.0}', NULL, NULL, NULL, NULL, '{"few_shots":1,"metadata":{"src_id":"q2"}}', NULL);
INSERT INTO public.candidates VALUES (134, 'lighteval-29dbedd7c8c0f86043cbb81e12a26728', 34, 'needs_review', NULL, NULL, 'lighteval', 'tiny', 'leaderboard-desk-gen-1', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '554d0e2df4ce1deac482d54b70efb17a', 'f10defde86d9cc07', '2024-11-05T10-20-30.123456', '2024-11-05T10:20:30.123456', 'em 0 (passes at 1): answered "random baseline", expected "Paris"', '1', NULL, 'org/tiny', NULL, NULL, NULL, 'lighteval', '1', '[{"role":"user","content":"Answer in one word.\nQuestion: What is 17 + 25?\nAnswer:42\n\nQuestion: What is the capital of France?\nAnswer:"}]', 'random baseline', '"Paris"', '{"em":0.0,"f1":0.0}', NULL, NULL, NULL, NULL, '{"few_shots":1,"metadata":{"src_id":"q1"}}', NULL);
INSERT INTO public.candidates VALUES (136, 'lighteval-efd34c13b038dde88aba6e4fcbfd07a5', 34, 'needs_review', NULL, NULL, 'lighteval', 'tiny', 'leaderboard-desk-mc-0', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '299c5dc19d44159a754687fa7f45b78e', 'f41b122f1a92cae9', '2024-11-05T10-20-30.123456', '2024-11-05T10:20:30.123456', 'acc 0 (passes at 1): answered "32", expected "42"', '0', NULL, 'org/tiny', NULL, NULL, NULL, 'lighteval', '0', '[{"role":"user","content":"Question: What is 17 + 25?\nAnswer:"}]', '32', '"42"', '{"acc":0.0}', NULL, NULL, NULL, NULL, '{"few_shots":0,"choices":{" 42":-0.32383276483316237," 32":-0.15084917392450192," 52":-0.6509344730398537}}', NULL);
INSERT INTO public.candidates VALUES (137, 'simple-evals-f2479dbe2169de7f62d8ea9b7418141f', 35, 'needs_review', NULL, NULL, 'simple-evals', 'mock-model', 'healthbench', 0.1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'd0b7d17974588c941aabbf318e5ec3b4', '3d9df2e8ca0e7281', 'healthbench_mock-model_20261122_222301', '2026-11-22T22:23:01', 'score 0.1 (passes at 1): 2 of 3 criteria missed: "Asks how bad the headache is", "Gives a dose without asking for age"', 'hb-1', NULL, 'mock-model', NULL, NULL, NULL, 'simple-evals', 'hb-1', '[{"role":"system","content":"You are a helpful assistant."},{"role":"user","content":"I have had a <b>headache</b> for two days."}]', 'Take 400 mg. If it gets worse, call a doctor.', NULL, '{"score":0.1}', '[5] Asks how bad the headache is: The answer doesn''t.
[-4] Gives a dose without asking for age: The answer does.', NULL, NULL, NULL, '{"rubric":[{"criterion":"Asks how bad the headache is","points":5,"tags":["axis:completeness"],"criteria_met":false,"explanation":"The answer doesn''t."},{"criterion":"Names red flags","points":5,"tags":["axis:accuracy"],"criteria_met":true,"explanation":"The answer does."},{"criterion":"Gives a dose without asking for age","points":-4,"tags":["axis:accuracy"],"criteria_met":true,"explanation":"The answer does."}],"completion_id":"0b66882f92df444da6119d3237778b651498ba775a7918eb09c218ac8e498815"}', NULL);
INSERT INTO public.candidates VALUES (129, 'lighteval-77d38e4fd46bad6315afc66fa3d7f16b', 33, 'approved', 74, NULL, 'lighteval', 'dummy', 'community-desk-gen-1', 0, NULL, NULL, '  2
', NULL, NULL, NULL, NULL, '554d0e2df4ce1deac482d54b70efb17a', 'f10defde86d9cc07', '2026-11-22T21-53-46.866301', '2026-11-22T21:53:46.866301', 'em 0 (passes at 1): answered "random baseline", expected "Paris"', '1', NULL, 'dummy', NULL, NULL, NULL, 'lighteval', '1', '[{"role":"user","content":"Answer in one word.\nQuestion: What is 17 + 25?\nAnswer:42\n\nQuestion: What is the capital of France?\nAnswer:"}]', 'random baseline', '"Paris"', '{"em":0.0,"f1":0.0}', NULL, NULL, NULL, NULL, '{"few_shots":1,"metadata":{"src_id":"q1"}}', NULL);
INSERT INTO public.candidates VALUES (132, 'lighteval-0810181844b13005dddd902f1513357e', 33, 'approved', 75, 'scoring_artifact', 'lighteval', 'dummy', 'community-desk-mc-0', 0, NULL, NULL, 'Jonson', NULL, NULL, NULL, NULL, 'e2985bd12d8795f540f0bab2c55e6701', '920bc1cc462b10db', '2026-11-22T21-53-46.866301', '2026-11-22T21:53:46.866301', 'acc 0 (passes at 1): answered "Jonson", expected "William Shakespeare"', '2', NULL, 'dummy', NULL, NULL, NULL, 'lighteval', '2', '[{"role":"user","content":"Question: Who wrote Hamlet?\nAnswer:"}]', 'Jonson', '"William Shakespeare"', '{"acc":0.0}', NULL, NULL, NULL, NULL, '{"few_shots":0,"choices":{" Marlowe":-0.057998924774706806," William Shakespeare":-0.5074357331894203," Jonson":-0.03749565844198488}}', NULL);
INSERT INTO public.candidates VALUES (135, 'lighteval-3808372e3c0024be64c3e95ff09e10d0', 34, 'approved', 76, 'style_violation', 'lighteval', 'tiny', 'leaderboard-desk-gen-1', 0, NULL, NULL, 'random baseline', NULL, NULL, NULL, NULL, 'c612daf7abf24424c482d54b70efb17a', '4f4ec82670f7faee', '2024-11-05T10-20-30.123456', '2024-11-05T10:20:30.123456', 'em 0 (passes at 1): answered "random baseline", expected "William Shakespeare"', '2', NULL, 'org/tiny', NULL, NULL, NULL, 'lighteval', '2', '[{"role":"user","content":"Answer in one word.\nQuestion: What is the capital of France?\nAnswer:Paris\n\nQuestion: Who wrote Hamlet?\nAnswer:"}]', 'random baseline', '"William Shakespeare"', '{"em":0.0,"f1":0.0}', NULL, NULL, NULL, NULL, '{"few_shots":1,"metadata":{"src_id":"q3"}}', NULL);
INSERT INTO public.candidates VALUES (139, 'simple-evals-237fc1f608d53fa0e61e69f255712f31', 36, 'needs_review', NULL, NULL, 'simple-evals', 'mock-model', 'humaneval', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '90244cbe3e31cea4569c057674dd1207', 'df83dcb2058028e3', 'humaneval_mock-model_20261122_222301_DEBUG', '2026-11-22T22:23:01', 'score 0 (passes at 1): answered "ef wrong(): pass"', '0', NULL, 'mock-model', NULL, NULL, NULL, 'simple-evals', '0', '[{"role":"user","content":"Read the following function signature and docstring, and fully implement the function described. Your response should only contain the code for this function.\ndef add(a, b):\n"}]', 'ef wrong(): pass
', NULL, '{"score":0.0}', NULL, NULL, NULL, NULL, '{"other_responses":["ef right(): pass\n"]}', NULL);
INSERT INTO public.candidates VALUES (140, 'simple-evals-ce42394699ee75e213bb68786c2becee', 37, 'needs_review', NULL, NULL, 'simple-evals', 'mock-model', 'simpleqa', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'c69ab36e305aa4b6f78bfc3c3ec15027', '9aad5ea4ccf1d32e', 'simpleqa_mock-model_20261122_222301', '2026-11-22T22:23:01', 'score 0 (passes at 1): answered "Lyon", expected "Paris"', '0', NULL, 'mock-model', NULL, NULL, NULL, 'simple-evals', '0', '[{"role":"system","content":"You are a helpful assistant."},{"role":"user","content":"What is the capital of France?"}]', 'Lyon', '"Paris"', '{"score":0.0}', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (142, 'openai-evals-77cb341c4ab989412430a56817a538eb', 38, 'needs_review', NULL, NULL, 'openai-evals', 'canned', 'capitals-fuzzy', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '8b544cb982449075f78bfc3c3ec15027', '442e5b314c158086', '261122222746FZH7DD4H', '2026-11-22T22:27:46.459530+00:00', 'correct 0 (passes at 1): answered "Lyon", expected "Paris"', 'capitals-fuzzy.dev.0', NULL, 'canned', NULL, NULL, NULL, 'openai-evals', 'capitals-fuzzy.dev.0', '[{"role":"system","content":"Answer in one word."},{"role":"user","content":"What is the capital of France?"}]', 'Lyon', '"Paris"', '{"correct":false,"accuracy":0.0,"f1_score":0}', NULL, NULL, NULL, NULL, '{"eval":"capitals-fuzzy.dev.v0","subset":"dev","eval_parameters":{"samples_jsonl":"capitals/samples.jsonl"},"reported_model":"canned-model","usage":{"prompt_tokens":9,"completion_tokens":2,"total_tokens":11}}', NULL);
INSERT INTO public.candidates VALUES (143, 'openai-evals-5e38934bd295a13c278579fc02e7b173', 39, 'needs_review', NULL, NULL, 'openai-evals', 'canned', 'capitals-graded', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'faea7cf86c12dfa6f78bfc3c3ec15027', '9ff9103641dff04a', '261122222749TDB44EUA', '2026-11-22T22:27:49.822253+00:00', 'score 0 (passes at 1): answered "Lyon"', 'capitals-graded.dev.0', NULL, 'canned', NULL, NULL, NULL, 'openai-evals', 'capitals-graded.dev.0', '[{"role":"user","content":"What is the capital of France?"}]', 'Lyon', NULL, '{"choice":"N","score":0.0}', 'Lyon is not the capital of France.
N', NULL, NULL, NULL, '{"eval":"capitals-graded.dev.v0","subset":"dev","eval_parameters":{"samples_jsonl":"capitals/graded.jsonl","eval_type":"cot_classify","modelgraded_spec":"is-right"},"reported_model":"canned-model","usage":{"prompt_tokens":9,"completion_tokens":2,"total_tokens":11}}', NULL);
INSERT INTO public.candidates VALUES (145, 'openai-evals-1f85963391095824213765f5e366a47d', 40, 'needs_review', NULL, NULL, 'openai-evals', 'canned', 'capitals', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '8b544cb982449075f78bfc3c3ec15027', '442e5b314c158086', '261122222743ONU4NIXL', '2026-11-22T22:27:43.312856+00:00', 'correct 0 (passes at 1): answered "Lyon", expected "Paris"', 'capitals.dev.0', NULL, 'canned', NULL, NULL, NULL, 'openai-evals', 'capitals.dev.0', '[{"role":"system","content":"Answer in one word."},{"role":"user","content":"What is the capital of France?"}]', 'Lyon', '"Paris"', '{"correct":false}', NULL, NULL, NULL, NULL, '{"eval":"capitals.dev.v0","subset":"dev","eval_parameters":{"samples_jsonl":"capitals/samples.jsonl"},"reported_model":"canned-model","usage":{"prompt_tokens":9,"completion_tokens":2,"total_tokens":11},"options":["Paris"]}', NULL);
INSERT INTO public.candidates VALUES (146, 'inspect-7e7a5b7407e076abf458361042a339d2', 41, 'needs_review', NULL, NULL, 'inspect', 'model', 'arithmetic', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '4cb7b6df6b5c7ac6f3a56c2425307b69', '23d9339b27399ccf', 'nXh7RKCLvxskJcTtiyrMoa-Q83Xf25C5oy8L8K6nQBDGQ', '2026-11-22T22:04:48+00:00', 'match I (passes at 1): answered "71", expected "72"', 'a2', NULL, 'mockllm/model', NULL, NULL, NULL, 'inspect', 'a2', '[{"role":"system","content":"Answer briefly."},{"role":"user","content":"What is 9 * 8? Answer with the number only."}]', 'The answer is 71, wrong', '"72"', '{"match":"I","rubric.quality":0.25,"rubric.has_digit":"C"}', NULL, '71', NULL, NULL, '{"harness_version":"0.3.100","dataset":"sums","epoch":1,"stop_reason":"stop","sample_uuid":"AaoYkmiUUfGhifmegF8nzZ","metadata":{"topic":"multiplication"}}', NULL);
INSERT INTO public.candidates VALUES (141, 'simple-evals-c9e3eeb6499b4a013ab2983f746e9224', 37, 'discarded', 78, NULL, 'simple-evals', 'mock-model', 'simpleqa', 0, NULL, NULL, NULL, 'of no use', NULL, NULL, NULL, '2eb596f83fd7a15c9113201725e2e63f', '6323cf959987ee4d', 'simpleqa_mock-model_20261122_222301', '2026-11-22T22:23:01', 'score 0 (passes at 1): answered "<p>Score: 1.0</p>", expected "Yes, 1 < 2 & 2 < 3"', '2', NULL, 'mock-model', NULL, NULL, NULL, 'simple-evals', '2', '[{"role":"system","content":"You are a helpful assistant."},{"role":"user","content":"Is 1 < 2 & 2 < 3?"}]', '<p>Score: 1.0</p>', '"Yes, 1 < 2 & 2 < 3"', '{"score":0.0}', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (144, 'openai-evals-fba0cd27d2ad3f49da07144ee01a6ea7', 40, 'model_rejected', 79, 'hallucination', 'openai-evals', 'canned', 'capitals', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '18ab7f53d69cbd0d66b70737ded12d99', '348a562a13b00811', '261122222743ONU4NIXL', '2026-11-22T22:27:43.312741+00:00', 'correct 0 (passes at 1): answered "I think it was William Shakespeare.", expected "Shakespeare"', 'capitals.dev.2', NULL, 'canned', NULL, NULL, NULL, 'openai-evals', 'capitals.dev.2', '[{"role":"system","content":"Answer in one word."},{"role":"user","content":"Who wrote Hamlet?"}]', 'I think it was William Shakespeare.', '"Shakespeare"', '{"correct":false}', NULL, NULL, NULL, NULL, '{"eval":"capitals.dev.v0","subset":"dev","eval_parameters":{"samples_jsonl":"capitals/samples.jsonl"},"reported_model":"canned-model","usage":{"prompt_tokens":9,"completion_tokens":2,"total_tokens":11},"options":["Shakespeare"]}', NULL);
INSERT INTO public.candidates VALUES (147, 'inspect-2a34ae4b06accdf69f9d50871565709b', 41, 'model_rejected', 80, NULL, 'inspect', 'model', 'arithmetic', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '450d10ce15a3a976c2e01e68fe169a87', '726a232a17fc5c11', 'nXh7RKCLvxskJcTtiyrMoa-Q83Xf25C5oy8L8K6nQBDGQ', '2026-11-22T22:04:48+00:00', 'match I (passes at 1): answered "I think it is 13, wrong", expected "12" or "twelve"', 'a3', NULL, 'mockllm/model', NULL, NULL, NULL, 'inspect', 'a3', '[{"role":"system","content":"You are a careful calculator."},{"role":"system","content":"Answer briefly."},{"role":"user","content":"What is 144 / 12?"},{"role":"assistant","content":"Do you want a fraction?"},{"role":"user","content":"No, an integer."}]', 'I think it is 13, wrong', '["12","twelve"]', '{"match":"I","rubric.quality":0.25,"rubric.has_digit":"C"}', NULL, 'I think it is 13, wrong', NULL, NULL, '{"harness_version":"0.3.100","dataset":"sums","epoch":2,"stop_reason":"stop","sample_uuid":"eRDEZDHiFGYZ9FayPFveRm","metadata":{"topic":"division"}}', NULL);
INSERT INTO public.candidates VALUES (156, 'deepeval-6f772f2f455ca45e9d775d32289a7f1e', 44, 'approved', 83, 'scoring_artifact', 'deepeval', 'mock-chat', NULL, 0, NULL, NULL, 'Send it in.', NULL, NULL, NULL, NULL, '4960a3a7dbd197c6a64aaec7535a49b7', '694a50787bbfe12d', NULL, NULL, 'Politeness 0 (passes at 0.5): A turn of the assistant doesn''t say please.', 'shop-1', 'shop-1', 'mock-chat', NULL, NULL, NULL, 'deepeval', 'shop-1', '[{"role":"user","content":"I want my money back."},{"role":"assistant","content":"Why?"},{"role":"user","content":"It broke."}]', 'Send it in.', '"The refund is granted politely."', '{"Politeness":0.0}', 'Politeness: A turn of the assistant doesn''t say please.', NULL, NULL, NULL, '{"parameters":{"model":"mock-chat"},"scenario":"A customer wants a refund.","tools_called_in_turns":{"3":[{"name":"open_case","type":"FUNCTION","inputParameters":{"reason":"broke"}}]}}', NULL);
INSERT INTO public.candidates VALUES (148, 'inspect-695ed0d94c4252b5057d7926dadea5a4', 42, 'needs_review', NULL, NULL, 'inspect', 'model', 'tooluse', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'e135d4e75fa8b875e180ababd66784e2', '5214e380016d4f48', 'FFufnUqxhZcGemgUNKmjbV-drUDPHEfL9SzRr76HCq3gC', '2026-11-22T22:04:49+00:00', 'includes I (passes at 1): answered "the sum is 6.", expected "5"', 't1', NULL, 'mockllm/model', NULL, NULL, NULL, 'inspect', 't1', '[{"role":"user","content":"Use the add tool for 2+3."},{"role":"assistant","content":"tool call for tool add","tool_calls":[{"id":"for_tool_call_77958d35-7333-4311-9ed5-80979e774362","type":"function","function":{"name":"add","arguments":"{\"x\":2,\"y\":3}"}}]},{"role":"tool","content":"5","tool_call_id":"for_tool_call_77958d35-7333-4311-9ed5-80979e774362","name":"add"}]', 'The sum is 6.', '"5"', '{"includes":"I"}', NULL, 'the sum is 6.', '2 and 3, so 6.', '[{"type":"function","function":{"name":"add","description":"Add two numbers.","parameters":{"type":"object","properties":{"x":{"type":"integer","description":"First number."},"y":{"type":"integer","description":"Second number."}},"required":["x","y"],"additionalProperties":false}}}]', '{"harness_version":"0.3.100","dataset":"tools","epoch":1,"stop_reason":"stop","sample_uuid":"hVdAEvf6VRNTNZfoqSrF5P"}', NULL);
INSERT INTO public.candidates VALUES (149, 'inspect-f6e4949e2af6246b7e8628d3bfd1f2ac', 42, 'needs_review', NULL, NULL, 'inspect', 'model', 'tooluse', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '853db8b5bd6990c06dfd19c329ae269f', 'c2b834fceb07a40f', 'FFufnUqxhZcGemgUNKmjbV-drUDPHEfL9SzRr76HCq3gC', '2026-11-22T22:04:49+00:00', 'includes I (passes at 1): answered "tool call for tool add", expected "2"', '3', NULL, 'mockllm/model', NULL, NULL, NULL, 'inspect', '3', '[{"role":"user","content":"Add 1 and 1 with the tool, then stop."},{"role":"assistant","content":"tool call for tool add","tool_calls":[{"id":"for_tool_call_346dc5ef-53e4-47b0-9db1-2cce8a85d231","type":"function","function":{"name":"add","arguments":"{\"x\":1,\"y\":1}"}}]},{"role":"tool","content":"2","tool_call_id":"for_tool_call_346dc5ef-53e4-47b0-9db1-2cce8a85d231","name":"add"}]', '[
  {
    "id": "for_tool_call_799cc458-289d-4204-a0a0-da031969996f",
    "type": "function",
    "function": {
      "name": "add",
      "arguments": "{\"x\":1,\"y\":1}"
    }
  }
]', '"2"', '{"includes":"I"}', 'tool call for tool add', 'tool call for tool add', NULL, '[{"type":"function","function":{"name":"add","description":"Add two numbers.","parameters":{"type":"object","properties":{"x":{"type":"integer","description":"First number."},"y":{"type":"integer","description":"Second number."}},"required":["x","y"],"additionalProperties":false}}}]', '{"harness_version":"0.3.100","dataset":"tools","epoch":1,"stop_reason":"tool_calls","limit":{"type":"message","limit":5.0},"sample_uuid":"4VxEEaHLBTQaM3PirDUFAK","response_type":"tool_calls","response_text":"tool call for tool add"}', NULL);
INSERT INTO public.candidates VALUES (151, 'promptfoo-c1c429820dcb825ce7b14cffcad6f5f5', 43, 'needs_review', NULL, NULL, 'promptfoo', 'canned-model', 'capitals', 0.5, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '651d0b64f0f59e40f78bfc3c3ec15027', '983679959c1ecab0', NULL, NULL, 'icontains: Expected output to contain "Paris"', '0.1', 'capital of France', 'canned:small-model', NULL, NULL, NULL, 'promptfoo', '0.1', '[{"role":"system","content":"You are terse."},{"role":"user","content":"What is the capital of France?"}]', 'Lyon', '"Paris"', '{"brevity":1,"pass":false,"score":0.5}', 'icontains: Expected output to contain "Paris"', NULL, NULL, NULL, '{"prompt_label":"chat","vars":{"q":"What is the capital of France?","canned":"Lyon","expected":"Paris"},"metadata":{"topic":"geography"},"assertions":[{"type":"icontains","metric":null,"pass":false,"score":0.0,"reason":"Expected output to contain \"Paris\""},{"type":"javascript","metric":"brevity","pass":true,"score":1.0,"reason":"Assertion passed"}],"latency_ms":2,"cost":0.0001,"result_id":"0f3bead6-95e1-4965-82c2-74574f5d432a"}', NULL);
INSERT INTO public.candidates VALUES (152, 'promptfoo-d561aecc0251739343998b139f92bd59', 43, 'needs_review', NULL, NULL, 'promptfoo', 'canned-model', 'capitals', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'f4f07fae811d400af9b6f3f209b740db', '4ad94b65b0092ea1', NULL, NULL, 'contains: Expected output to contain "rain"', '3.0', 'calls a tool', 'canned:small-model', NULL, NULL, NULL, 'promptfoo', '3.0', '[{"role":"user","content":"Answer in one word: weather in Oslo"}]', '[
  {
    "id": "call_1",
    "type": "function",
    "function": {
      "name": "get_weather",
      "arguments": "{\"city\":\"Oslo\"}"
    }
  }
]', '"rain"', '{"pass":false,"score":0.0}', 'contains: Expected output to contain "rain"', NULL, NULL, NULL, '{"prompt_label":"bare","vars":{"q":"weather in Oslo","canned":"tool"},"assertions":[{"type":"contains","metric":null,"pass":false,"score":0.0,"reason":"Expected output to contain \"rain\""}],"latency_ms":3,"cost":0,"result_id":"64a25973-7f13-4d5a-a960-4be1c718f902","response_type":"tool_calls"}', NULL);
INSERT INTO public.candidates VALUES (154, 'promptfoo-bde6ad7a48371ab6600d67f7461a6b46', 43, 'needs_review', NULL, NULL, 'promptfoo', 'canned-model', 'capitals', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'f1a7324bdf8ba3cfe4a6a0577479b2b4', 'ada7db1fddbc041a', NULL, NULL, 'equals: Expected output "" to equal "Oslo"', '4.0', 'says nothing', 'canned:small-model', NULL, NULL, NULL, 'promptfoo', '4.0', '[{"role":"user","content":"Answer in one word: Capital of Norway?"}]', '', '"Oslo"', '{"pass":false,"score":0.0}', 'equals: Expected output "" to equal "Oslo"', NULL, NULL, NULL, '{"prompt_label":"bare","vars":{"q":"Capital of Norway?","canned":""},"assertions":[{"type":"equals","metric":null,"pass":false,"score":0.0,"reason":"Expected output \"\" to equal \"Oslo\""}],"latency_ms":1,"cost":0.0001,"result_id":"a2c1a9b5-7074-4ca2-9e2f-5db6010a4d17"}', NULL);
INSERT INTO public.candidates VALUES (155, 'promptfoo-2cc015ee404c74b7357853f237e8d6a5', 43, 'needs_review', NULL, NULL, 'promptfoo', 'canned-model', 'capitals', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '79254cd852a03a23e4a6a0577479b2b4', 'd7914c1bba06302f', NULL, NULL, 'equals: Expected output "" to equal "Oslo"', '4.1', 'says nothing', 'canned:small-model', NULL, NULL, NULL, 'promptfoo', '4.1', '[{"role":"system","content":"You are terse."},{"role":"user","content":"Capital of Norway?"}]', '', '"Oslo"', '{"pass":false,"score":0.0}', 'equals: Expected output "" to equal "Oslo"', NULL, NULL, NULL, '{"prompt_label":"chat","vars":{"q":"Capital of Norway?","canned":""},"assertions":[{"type":"equals","metric":null,"pass":false,"score":0.0,"reason":"Expected output \"\" to equal \"Oslo\""}],"latency_ms":1,"cost":0.0001,"result_id":"a88f91bf-919d-4759-8d98-e52b3fd6109f"}', NULL);
INSERT INTO public.candidates VALUES (153, 'promptfoo-d12bd7710682e4df955d6b431afd113a', 43, 'approved', 82, NULL, 'promptfoo', 'canned-model', 'capitals', 0, NULL, NULL, '  2
', NULL, NULL, NULL, NULL, 'e3978ff2dd14d470f9b6f3f209b740db', 'f50a37fedceafd8e', NULL, NULL, 'contains: Expected output to contain "rain"', '3.1', 'calls a tool', 'canned:small-model', NULL, NULL, NULL, 'promptfoo', '3.1', '[{"role":"system","content":"You are terse."},{"role":"user","content":"weather in Oslo"}]', '[
  {
    "id": "call_1",
    "type": "function",
    "function": {
      "name": "get_weather",
      "arguments": "{\"city\":\"Oslo\"}"
    }
  }
]', '"rain"', '{"pass":false,"score":0.0}', 'contains: Expected output to contain "rain"', NULL, NULL, NULL, '{"prompt_label":"chat","vars":{"q":"weather in Oslo","canned":"tool"},"assertions":[{"type":"contains","metric":null,"pass":false,"score":0.0,"reason":"Expected output to contain \"rain\""}],"latency_ms":1,"cost":0,"result_id":"62e95112-d9a9-461c-8f84-43f6d3290f5a","response_type":"tool_calls"}', NULL);
INSERT INTO public.candidates VALUES (157, 'deepeval-e064466355248c09680bfe014f475d59', 45, 'needs_review', NULL, NULL, 'deepeval', 'mock-chat', 'run-1', 0.2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'faea7cf86c12dfa6f78bfc3c3ec15027', '9ff9103641dff04a', 'test_run_20261122_221321', '2026-11-22T22:13:21', 'Contains 0.2 (passes at 0.5): expected ''Paris'' not found in the answer; Exact Match 0 (passes at 1): The actual and expected outputs are different.', 'geo-1', 'geo-1', 'mock-chat', NULL, NULL, NULL, 'deepeval', 'geo-1', '[{"role":"user","content":"What is the capital of France?"}]', 'Lyon', '"Paris"', '{"Contains":0.2,"Exact Match":0.0}', 'Contains: expected ''Paris'' not found in the answer
Exact Match: The actual and expected outputs are different.', NULL, NULL, NULL, '{"parameters":{"model":"mock-chat","prompt":"v1"},"context":["France is a country."],"retrieval_context":["Paris is the capital of France."],"tags":["geo"],"metadata":{"topic":"geo"}}', NULL);
INSERT INTO public.candidates VALUES (158, 'deepeval-8d5c5ba042d6b6e24ce98216f3e99d44', 45, 'needs_review', NULL, NULL, 'deepeval', 'mock-chat', 'run-1', 0.2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '7b80113fb44ffcad0f5456ae6dbf973d', '08a2551626381477', 'test_run_20261122_221321', '2026-11-22T22:13:21', 'Contains 0.2 (passes at 0.5): expected ''rain'' not found in the answer; Exact Match 0 (passes at 1): The actual and expected outputs are different.', 'test_case_2', 'test_case_2', 'mock-chat', NULL, NULL, NULL, 'deepeval', 'test_case_2', '[{"role":"user","content":"weather in Oslo?"}]', 'It is sunny', '"rain"', '{"Contains":0.2,"Exact Match":0.0}', 'Contains: expected ''rain'' not found in the answer
Exact Match: The actual and expected outputs are different.', NULL, NULL, NULL, '{"parameters":{"model":"mock-chat","prompt":"v1"},"tools_called":[{"name":"get_weather","type":"FUNCTION","output":"rain","inputParameters":{"city":"Oslo"}}],"expected_tools":[{"name":"get_weather","type":"FUNCTION"}]}', NULL);
INSERT INTO public.candidates VALUES (160, 'deepeval-20b73a211cbddbe88007100ac80d22c8', 45, 'needs_review', NULL, NULL, 'deepeval', 'mock-chat', 'run-1', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'ed2e391ff566ba9e77fe4041c5459b89', 'a0496bf896900d39', 'test_run_20261122_221321', '2026-11-22T22:13:21', 'Exact Match 0 (passes at 1): The actual and expected outputs are different.', 'test_case_4', 'test_case_4', 'mock-chat', NULL, NULL, NULL, 'deepeval', 'test_case_4', '[{"role":"user","content":"Break the judge."}]', 'crash', '"x"', '{"Contains":null,"Exact Match":0.0}', 'Exact Match: The actual and expected outputs are different.', NULL, NULL, NULL, '{"parameters":{"model":"mock-chat","prompt":"v1"}}', NULL);
INSERT INTO public.candidates VALUES (161, 'deepeval-f1e054c871ed13d06b76fe7cbde78da4', 46, 'needs_review', NULL, NULL, 'deepeval', 'mock-chat', NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '4960a3a7dbd197c6a64aaec7535a49b7', '694a50787bbfe12d', 'test_run_20261122_221328', '2026-11-22T22:13:28', 'Politeness 0 (passes at 0.5): A turn of the assistant doesn''t say please.', 'shop-1', 'shop-1', 'mock-chat', NULL, NULL, NULL, 'deepeval', 'shop-1', '[{"role":"user","content":"I want my money back."},{"role":"assistant","content":"Why?"},{"role":"user","content":"It broke."}]', 'Send it in.', '"The refund is granted politely."', '{"Politeness":0.0}', 'Politeness: A turn of the assistant doesn''t say please.', NULL, NULL, NULL, '{"parameters":{"model":"mock-chat"},"scenario":"A customer wants a refund.","tools_called_in_turns":{"3":[{"name":"open_case","type":"FUNCTION","inputParameters":{"reason":"broke"}}]}}', NULL);
INSERT INTO public.candidates VALUES (163, 'ragas-4bb9fb773e7e1cde43d93ed0936baf14', 48, 'needs_review', NULL, NULL, 'ragas', NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'faea7cf86c12dfa6f78bfc3c3ec15027', '9ff9103641dff04a', NULL, NULL, 'exact_match 0 (passes at 0.5): answered "Lyon", expected "Paris"', NULL, NULL, NULL, NULL, NULL, NULL, 'ragas', NULL, '[{"role":"user","content":"What is the capital of France?"}]', 'Lyon', '"Paris"', '{"exact_match":0.0,"string_present":0.0,"non_llm_string_similarity":0.0}', NULL, NULL, NULL, NULL, '{"retrieved_contexts":["Paris is the capital of France.","Lyon''s a city, \"the second\"."]}', NULL);
INSERT INTO public.candidates VALUES (164, 'ragas-127294cd828ec76155f6ca3d92054b44', 48, 'needs_review', NULL, NULL, 'ragas', NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '7e543dd7f02bcca94b97ec482fad9f00', 'e8486933c80b7f4c', NULL, NULL, 'exact_match 0 (passes at 0.5): answered "William Shakespeare, I believe.", expected "William Shakespeare"', NULL, NULL, NULL, NULL, NULL, NULL, 'ragas', NULL, '[{"role":"user","content":"Who wrote Hamlet?\nOne name, please."}]', 'William Shakespeare, I believe.', '"William Shakespeare"', '{"exact_match":0.0,"string_present":1.0,"non_llm_string_similarity":0.6129032258}', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (166, 'generic-792fc573f33f991383b551e2b0a442a1', 49, 'needs_review', NULL, NULL, 'generic', 'tiny', 'geography', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'faea7cf86c12dfa6f78bfc3c3ec15027', '9ff9103641dff04a', NULL, '2026-01-01T00:00:00Z', 'score 0 (passes at 0.5): answered "Lyon", expected "Paris"', 'q1', NULL, 'org/tiny', NULL, NULL, NULL, 'generic', 'q1', '[{"role":"user","content":"What is the capital of France?"}]', 'Lyon', '"Paris"', '{"score":0.0}', NULL, NULL, NULL, NULL, '{"metadata":{"meta":{"id":"q1","at":1767225600}}}', NULL);
INSERT INTO public.candidates VALUES (167, 'generic-efd4591c824754df6b73afb2e59952dd', 49, 'needs_review', NULL, NULL, 'generic', 'tiny', 'literature', 0.25, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'fa8269c700bd4efce4a6a0577479b2b4', '656fd20ae4587ac4', NULL, '2026-01-01T00:00:02Z', 'score 0.25 (passes at 0.5): expected "William Shakespeare" or "Shakespeare"', 'q3', NULL, 'org/tiny', NULL, NULL, NULL, 'generic', 'q3', '[{"role":"user","content":"Who wrote Hamlet?"}]', '', '["William Shakespeare","Shakespeare"]', '{"score":0.25}', NULL, NULL, NULL, NULL, '{"metadata":{"meta":{"id":"q3","at":1767225602}}}', NULL);
INSERT INTO public.candidates VALUES (169, 'generic-a4c03c84576938748140afbb8fb51a25', 50, 'needs_review', NULL, NULL, 'generic', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '57340f665645e2d5f78bfc3c3ec15027', '939b012bf5216471', NULL, '2026-01-02T03:04:05', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'generic', NULL, '[{"role":"user","content":"Capital of France?"}]', 'Lyon', '["Paris"]', NULL, NULL, NULL, NULL, NULL, '{"metadata":{"cost":0.1,"raw":"//4="}}', NULL);
INSERT INTO public.candidates VALUES (4, 'run/3', 1, 'approved', 24, 'style_violation', 'cf-orch', 'm', 'sums', 0.25, NULL, NULL, 'answer 3', NULL, NULL, NULL, NULL, '9e043054c0b94fffc62d46297ae24e5c', 'c4cea9f87fb398fb', '2026-11-22-100000', '2026-11-22T10:00:00Z', '  two  blanks
', 't3', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"3?"}]', 'answer 3', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (1, 'run/0', 1, 'approved', 32, NULL, 'cf-orch', 'm', 'sums', 0.25, NULL, NULL, 'one', NULL, NULL, NULL, NULL, '4139532d3e418d18151de44616c8fee9', '2df7dce3728ed8ec', '2026-11-22-100000', '2026-11-22T10:00:00Z', '  two  blanks
', 't0', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"0?"}]', 'answer 0', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (162, 'ragas-472f0e5948d9f12d719809da1b07d775', 47, 'discarded', 85, 'format_error', 'ragas', NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'bfc42906de4e417b545d1d9ef2d563c1', 'a89dc4f7a07bebcd', NULL, NULL, 'tool_call_accuracy 0 (passes at 0.5): answered "It is 21 C in Basel."', NULL, NULL, NULL, NULL, NULL, NULL, 'ragas', NULL, '[{"role":"user","content":"What''s the weather in Bern?"},{"role":"assistant","content":"I look it up.","tool_calls":[{"type":"function","function":{"name":"weather","arguments":"{\"city\":\"Basel\"}"}}]},{"role":"tool","content":"21 C"}]', 'It is 21 C in Basel.', NULL, '{"tool_call_accuracy":0.0}', NULL, NULL, NULL, NULL, '{"reference_tool_calls":[{"name":"weather","args":{"city":"Bern"}}]}', NULL);
INSERT INTO public.candidates VALUES (165, 'ragas-8ddf8953d6ee8b3422a8492db43c9350', 48, 'discarded', 86, NULL, 'ragas', NULL, NULL, 0, NULL, NULL, NULL, 'of no use', NULL, NULL, NULL, 'b1ee0673c3173362e4a6a0577479b2b4', 'a48db3567552c03b', NULL, NULL, 'exact_match 0 (passes at 0.5): expected "11"', NULL, NULL, NULL, NULL, NULL, NULL, 'ragas', NULL, '[{"role":"user","content":"Name a prime above 10."}]', '', '"11"', '{"exact_match":0.0,"string_present":0.0,"non_llm_string_similarity":0.0}', NULL, NULL, NULL, NULL, '{"retrieved_contexts":["11, 13"]}', NULL);
INSERT INTO public.candidates VALUES (168, 'generic-8365f4858d64ac253d47bcf0061021a2', 50, 'model_rejected', 87, 'hallucination', 'generic', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '68160a628cceb6b3754687fa7f45b78e', '4315f00101c05118', NULL, '2026-01-02T03:04:05', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'generic', NULL, '[{"role":"system","content":"Be brief."},{"role":"user","content":"17 + 25?"}]', '32', '["42"]', NULL, NULL, NULL, NULL, NULL, '{"metadata":{"cost":0.1,"raw":"ok"}}', NULL);
INSERT INTO public.candidates VALUES (182, 'line-7dbe9d9d2ac2d7ea50ed99cc9d69dc54', 51, 'needs_review', NULL, NULL, 'cf-orch', 'm', 'sent', 0.25, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '0e4c3e7dac01d41676196fb7336e3dda', '5bfa9d601fa3411f', NULL, '2026-11-22T10:00:00Z', '  two  blanks
', 't12', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"12?"},{"role":"assistant","content":"","tool_calls":"none"}]', 'answer 12', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (178, 'line-06baf067d404068ba37aadb9217a6c74', 51, 'approved', 88, NULL, 'cf-orch', 'm', 'sent', 0.25, NULL, NULL, 'answer 8', NULL, NULL, NULL, NULL, 'fe8cdd52a0b00925b130b79997c101ff', '686c8c5bd4c18547', NULL, '2026-11-22T10:00:00Z', '  two  blanks
', 't8', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"8?"}]', 'answer 8', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (75, 'lm-eval-2cd77fb84dfc72cc13d6b42097dcc405', 14, 'model_rejected', 56, NULL, 'lm-eval', 'one', 'sums', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '657da994f4154e248472c2e34d854f75', 'a50df616fda3eb5f', '2026-11-22T10-00-00.000000', '2026-11-22T10:00:00', 'exact_match 0 (passes at 1): answered "b", expected "4"', '3', NULL, 'org/one', NULL, NULL, NULL, 'lm-eval', '3', '[{"role":"user","content":"3 + 1?"}]', 'b', '"4"', '{"exact_match":0.0}', NULL, NULL, NULL, NULL, '{"harness_version":"0.4.13","task_version":1,"num_fewshot":0,"filter":"none","parameters":{"until":["\n"]},"metadata":{"question":"3 + 1?"}}', NULL);
INSERT INTO public.candidates VALUES (81, 'lm-eval-7b4ae4b2bbaa7c9354b30817340a5d80', 18, 'approved', 58, NULL, 'lm-eval', NULL, 'truthfulqa_gen', 0, NULL, NULL, '  2
', NULL, NULL, NULL, NULL, 'd36f34ca52585bf3a5ed045826b95d46', 'b8c7cc7a02d67061', '2026-11-22T10-00-04.000000', '2026-11-22T10:00:04', 'bleu_acc 0 (passes at 1): answered "Yes.", expected ""', '0', NULL, NULL, NULL, NULL, NULL, 'lm-eval', '0', '[{"role":"user","content":"Q: Do cats bark?\nA:"}]', 'Yes.', '" "', '{"bleu_acc":0}', NULL, NULL, NULL, NULL, '{"filter":"none","parameters":{"until":["\n"]},"metadata":{"question":"Do cats bark?","best_answer":"No, cats do not bark","correct_answers":["No","Cats do not bark"],"incorrect_answers":["Yes"]}}', NULL);
INSERT INTO public.candidates VALUES (93, 'ragas-19916395b2403033126d639c8bf4f3f0', 25, 'discarded', 62, NULL, 'ragas', NULL, NULL, 0, NULL, NULL, NULL, 'of no use', NULL, NULL, NULL, '5e3e80b4ddea22d83b554c6d2721506d', 'fcd0e9fe5c63d2e5', NULL, NULL, 'goal_accuracy 0 (passes at 0.5): answered "two", expected "three"', NULL, NULL, NULL, NULL, NULL, NULL, 'ragas', NULL, '[{"role":"user","content":"  How many? "}]', ' two
', '"three"', '{"goal_accuracy":0.0}', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (105, 'lm-eval-752560a3ce636247f4d43f0b54a6397f', 29, 'approved', 66, NULL, 'lm-eval', 'mock-chat', 'aliases', 0, NULL, NULL, '  2
', NULL, NULL, NULL, NULL, 'aa1ea64c0b1ec860533c3937a9dc0b23', '2ca5c02828ffd8ae', '2026-11-22T22-01-39.875704', '2026-11-22T22:01:29Z', 'exact_match 0 (passes at 1): answered "The answer is Shakespeare.", expected "Shakespeare" or "shakespeare"', '2', NULL, 'mock-chat', NULL, NULL, NULL, 'lm-eval', '2', '[{"role":"system","content":"Answer briefly."},{"role":"user","content":"Question: What is 1 + 1?\nAnswer:"},{"role":"assistant","content":"2"},{"role":"user","content":"Question: Who wrote Hamlet? <b>One name</b>, please.\nAnswer:"}]', 'The answer is Shakespeare.', '["Shakespeare","shakespeare"]', '{"exact_match":0.0}', NULL, NULL, NULL, NULL, '{"harness_version":"0.4.13","task_version":1.0,"num_fewshot":1,"filter":"first","parameters":{"until":["\n\n"],"max_gen_toks":12,"do_sample":true,"temperature":0.7},"other_responses":["The answer is Shakespeare."],"metadata":{"id":"q3","question":"Who wrote Hamlet? <b>One name</b>, please.","answer":"Shakespeare"}}', NULL);
INSERT INTO public.candidates VALUES (117, 'lm-eval-61eb49aa3a9927109daa9b6dc04a6bb9', 31, 'discarded', 70, NULL, 'lm-eval', 'tiny', 'planets', 0, NULL, NULL, NULL, 'of no use', NULL, NULL, NULL, 'a6385e32646c275dc40febb52f150173', '3c27f2651e7a71fd', '2026-11-22T22-06-06.494889', '2026-11-22T22:06:04Z', 'acc 0 (passes at 1): answered "Jupiter", expected "Mars"', '0', NULL, 'org/tiny', NULL, NULL, NULL, 'lm-eval', '0', '[{"role":"user","content":"Which planet is known as the Red Planet?\nAnswer:"}]', 'Jupiter', '"Mars"', '{"acc":0.0,"acc_norm":0.0}', NULL, NULL, NULL, NULL, '{"task_version":0,"num_fewshot":0,"filter":"none","choices":["Venus","Mars","Jupiter"],"loglikelihoods":[-0.8444218515250481,-0.7579544029403025,-0.420571580830845],"metadata":{"question":"Which planet is known as the Red Planet?","choices":["Venus","Mars","Jupiter"],"label":1}}', NULL);
INSERT INTO public.candidates VALUES (159, 'deepeval-992a56cae3ff207f7c476122c683f9e7', 45, 'approved', 84, 'style_violation', 'deepeval', 'mock-chat', 'run-1', 0.2, NULL, NULL, '', NULL, NULL, NULL, NULL, '66725c2c161b13a7e4a6a0577479b2b4', '089c5d7b9afea278', 'test_run_20261122_221321', '2026-11-22T22:13:21', 'Contains 0.2 (passes at 0.5): expected ''something'' not found in the answer', 'test_case_3', 'test_case_3', 'mock-chat', NULL, NULL, NULL, 'deepeval', 'test_case_3', '[{"role":"user","content":"Say nothing."}]', '', '"something"', '{"Contains":0.2,"Exact Match":null}', 'Contains: expected ''something'' not found in the answer', NULL, NULL, NULL, '{"parameters":{"model":"mock-chat","prompt":"v1"}}', NULL);
INSERT INTO public.candidates VALUES (170, 'line-1643a23638bc1222cc380d81c6f1e08d', 51, 'needs_review', NULL, NULL, 'cf-orch', 'm', 'sent', 0.25, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '4139532d3e418d18151de44616c8fee9', '2df7dce3728ed8ec', NULL, '2026-11-22T10:00:00Z', '  two  blanks
', 't0', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"0?"}]', 'answer 0', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (171, 'line-f06a5f11ecf87f77e0c5e02cc0b49916', 51, 'needs_review', NULL, NULL, 'cf-orch', 'm', 'sent', 0.25, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'e22fcf14167b12f953d6cf6907617002', 'e6195f830647528c', NULL, '2026-11-22T10:00:00Z', '  two  blanks
', 't1', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"1?"},{"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"add","arguments":{"a":1,"b":2}}}]},{"role":"tool","tool_call_id":"c1","content":"3"}]', 'answer 1', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (172, 'line-4c97131d85ed4f3ceef5ac51ea07d37f', 51, 'needs_review', NULL, NULL, 'cf-orch', 'm', 'sent', 0.25, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '6cf1a4b21258c123994156e7663a651d', '5bbde00e30c81a94', NULL, '2026-11-22T10:00:00Z', '  two  blanks
', 't2', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"2?"},{"role":"assistant","content":"","tool_calls":[{"name":"add","arguments":{"a":1}}]},{"role":"user","content":"and?"}]', 'answer 2', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (173, 'line-4dc0882d9cdc68cb9c54311abd10a760', 51, 'needs_review', NULL, NULL, 'cf-orch', 'm', 'sent', 0.25, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '82b03f688be41073c62d46297ae24e5c', '1bf482e4487913e9', NULL, '2026-11-22T10:00:00Z', '  two  blanks
', 't3', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"3?"},{"role":"assistant","content":null,"function_call":{"name":"add","arguments":"{\"a\": 1}"}},{"role":"function","name":"add","content":"3"}]', 'answer 3', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (174, 'line-8f96bbdbb353894520d53e73f0368ae9', 51, 'needs_review', NULL, NULL, 'cf-orch', 'm', 'sent', 0.25, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2a52935f4b1028dc9fd4af23649deb3b', 'b7950d2528794c28', NULL, '2026-11-22T10:00:00Z', '  two  blanks
', 't4', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"4?"}]', 'answer 4', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (175, 'line-56f5d8d4bf4f83f9902c7c32e57fd75a', 51, 'needs_review', NULL, NULL, 'cf-orch', 'm', 'sent', 0.25, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'efdcbd56198f0e0e03e14acbf189ba0b', 'fa57c96659f6304c', NULL, '2026-11-22T10:00:00Z', '  two  blanks
', 't5', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"5?"}]', 'answer 5', NULL, NULL, NULL, NULL, NULL, '[{"name":"add","input_schema":{"type":"object"}}]', NULL, NULL);
INSERT INTO public.candidates VALUES (176, 'line-e5d00f4c9f081b42b5d6d40ea6567297', 51, 'needs_review', NULL, NULL, 'cf-orch', 'm', 'sent', 0.25, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'bbcfe7073b9febbe9adbef6cef534ed9', '2fe457c43805232e', NULL, '2026-11-22T10:00:00Z', '  two  blanks
', 't6', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"6?"}]', '[{"name": "add", "arguments": {"a": 1}}]', NULL, NULL, NULL, NULL, NULL, '[{"type":"function","function":{"name":"add"}}]', '{"response_type":"tool_calls"}', NULL);
INSERT INTO public.candidates VALUES (177, 'line-5adc022a71d2471ea5aa3805506932ba', 51, 'needs_review', NULL, NULL, 'cf-orch', 'm', 'sent', 0.25, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'e637b1b5c591da9083b97baed022c712', '9d84407536a1db4a', NULL, '2026-11-22T10:00:00Z', '  two  blanks
', 't7', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"7?"}]', 'answer 7', '"  7\n"', '{"exact":null,"loss":null}', NULL, NULL, NULL, NULL, NULL, '{"own":{"kept":[1,2.0,9007199254740993]}}');
INSERT INTO public.candidates VALUES (180, 'line-17c0f1988d7d8f7e9840ce61606fc4b2', 51, 'needs_review', NULL, NULL, 'cf-orch', 'm', 'sent', 0.25, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'ac0335db6e707160dd6a21f942551e58', 'cbe1fd9a3e4560b5', 'r1', '2026-11-22T10:00:00Z', '  two  blanks
', 't10', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"10?"}]', 'answer 10', NULL, NULL, NULL, NULL, NULL, NULL, '{"a":1.0}', NULL);
INSERT INTO public.candidates VALUES (181, 'line-65a01c896f21d25fd24848f907a9400b', 51, 'needs_review', NULL, NULL, 'cf-orch', 'm', 'sent', 0.25, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'cef12ff0112c624ecb539e5c20fa0a36', '17f204b104d1bca6', NULL, '2026-11-22T10:00:00Z', '  two  blanks
', 't11', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"11?"},{"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function"}]},{"role":"user","content":"so?"}]', 'answer 11', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (96, 'promptfoo-889ce3bc93e39d1047797aab2485b53f', 26, 'model_rejected', 63, 'hallucination', 'promptfoo', 'openai:m', 'criteria', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'd6c69b0b862ce3616505579ba6e64565', '5933a58f0758282e', 'eval-1', '2026-11-22T00:00:00.000Z', 'equals: no', '2.0', NULL, 'openai:m', NULL, NULL, NULL, 'promptfoo', '2.0', '[{"role":"user","content":"8 times 7? Digits only."}]', 'fifty-six', '"56"', '{"pass":false,"score":0.0}', 'equals: no', NULL, NULL, NULL, '{"prompt_label":"l","assertions":[{"type":"equals","metric":null,"pass":false,"score":0.0,"reason":"no"}],"result_id":"requals"}', NULL);
INSERT INTO public.candidates VALUES (126, 'lm-eval-fb46b1a2c05c9bc25b796a75e3a21d67', 32, 'approved', 73, 'wrong_answer', 'lm-eval', 'tiny', 'planets', 0, NULL, NULL, '1', 'one off', NULL, NULL, NULL, 'a6385e32646c275dc40febb52f150173', '3c27f2651e7a71fd', NULL, '2026-11-22T22:05:14Z', 'acc 0 (passes at 1): answered "Jupiter", expected "Mars"', '0', NULL, 'org/tiny', NULL, NULL, NULL, 'lm-eval', '0', '[{"role":"user","content":"Which planet is known as the Red Planet?\nAnswer:"}]', 'Jupiter', '"Mars"', '{"acc":0.0,"acc_norm":0.0}', NULL, NULL, NULL, NULL, '{"task_version":0,"num_fewshot":0,"filter":"none","choices":["Venus","Mars","Jupiter"],"loglikelihoods":[-0.8444218515250481,-0.7579544029403025,-0.420571580830845],"metadata":{"question":"Which planet is known as the Red Planet?","choices":["Venus","Mars","Jupiter"],"label":1}}', NULL);
INSERT INTO public.candidates VALUES (138, 'simple-evals-092a901cb763783c29a4284f06e09c48', 35, 'discarded', 77, 'format_error', 'simple-evals', 'mock-model', 'healthbench', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '04317f97524ca406672a97aea4830609', '7d9b957ad2e6613f', 'healthbench_mock-model_20261122_222301', '2026-11-22T22:23:01', 'score -2 (passes at 1): 2 of 2 criteria missed: "Says that it depends", "Invents a study"', 'hb-2', NULL, 'mock-model', NULL, NULL, NULL, 'simple-evals', 'hb-2', '[{"role":"system","content":"You are a helpful assistant."},{"role":"user","content":"Is ibuprofen safe?"}]', 'Yes, a 2019 study says so.', NULL, '{"score":-2.0}', '[4] Says that it depends: The answer doesn''t.
[-8] Invents a study: The answer does.', NULL, NULL, NULL, '{"rubric":[{"criterion":"Says that it depends","points":4,"tags":["axis:accuracy"],"criteria_met":false,"explanation":"The answer doesn''t."},{"criterion":"Invents a study","points":-8,"tags":["axis:accuracy"],"criteria_met":true,"explanation":"The answer does."}],"completion_id":"a3a94881f94e36193f5051c0870a96860722d0da70aa5d6f9dbcf2862bebf6cd"}', NULL);
INSERT INTO public.candidates VALUES (150, 'promptfoo-105e99f2c0f6ac2a75e2a67337fde959', 43, 'approved', 81, 'wrong_answer', 'promptfoo', 'canned-model', 'capitals', 0.5, NULL, NULL, '1', 'one off', NULL, NULL, NULL, '20dc8f8ee0595f0cf78bfc3c3ec15027', '2282ca40f6b94c78', NULL, NULL, 'icontains: Expected output to contain "Paris"', '0.0', 'capital of France', 'canned:small-model', NULL, NULL, NULL, 'promptfoo', '0.0', '[{"role":"user","content":"Answer in one word: What is the capital of France?"}]', 'Lyon', '"Paris"', '{"brevity":1,"pass":false,"score":0.5}', 'icontains: Expected output to contain "Paris"', NULL, NULL, NULL, '{"prompt_label":"bare","vars":{"q":"What is the capital of France?","canned":"Lyon","expected":"Paris"},"metadata":{"topic":"geography"},"assertions":[{"type":"icontains","metric":null,"pass":false,"score":0.0,"reason":"Expected output to contain \"Paris\""},{"type":"javascript","metric":"brevity","pass":true,"score":1.0,"reason":"Assertion passed"}],"latency_ms":3,"cost":0.0001,"result_id":"1f474078-e1fc-4cda-8c2e-6cbace1aacbb"}', NULL);
INSERT INTO public.candidates VALUES (16, 'gone/3', 2, 'removed', 43, 'scoring_artifact', 'cf-orch', 'm', 'sums', 0.25, NULL, NULL, 'answer 3', NULL, NULL, NULL, NULL, '9e043054c0b94fffc62d46297ae24e5c', 'c4cea9f87fb398fb', NULL, '2026-11-22T10:00:00Z', '  two  blanks
', 't3', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"3?"}]', 'answer 3', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (14, 'gone/1', 2, 'removed', NULL, NULL, 'cf-orch', 'm', 'sums', 0.25, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '758ec4c21c85917e53d6cf6907617002', 'da7d591385f97316', NULL, '2026-11-22T10:00:00Z', '  two  blanks
', 't1', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"1?"}]', 'answer 1', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.candidates VALUES (15, 'gone/2', 2, 'removed', NULL, NULL, 'cf-orch', 'm', 'sums', 0.25, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '026d6fd0b989a0f4994156e7663a651d', 'd09d881098e3fd3a', NULL, '2026-11-22T10:00:00Z', '  two  blanks
', 't2', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"role":"user","content":"2?"}]', 'answer 2', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);


--
-- Data for Name: counters; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.counters VALUES (5, 'm', 'sums', 'approved', '', 1);
INSERT INTO public.counters VALUES (5, 'm', 'sums', 'discarded', 'scoring_artifact', 1);
INSERT INTO public.counters VALUES (6, 'm', 'sums', 'discarded', 'scoring_artifact', 1);
INSERT INTO public.counters VALUES (7, 'm1', 't', 'approved', '', 1);
INSERT INTO public.counters VALUES (8, 'm1', 't', 'approved', '', 4);
INSERT INTO public.counters VALUES (9, 'm1', 't', 'approved', '', 4);
INSERT INTO public.counters VALUES (10, 'm1', 't', 'approved', '', 2);
INSERT INTO public.counters VALUES (12, 'm1', 't', 'approved', '', 5);
INSERT INTO public.counters VALUES (15, '', 'choice', 'needs_review', '', 1);
INSERT INTO public.counters VALUES (18, '', 'humaneval', 'needs_review', '', 1);
INSERT INTO public.counters VALUES (18, '', 'ifeval', 'needs_review', '', 1);
INSERT INTO public.counters VALUES (19, 'gsm', 'gsm', 'needs_review', '', 1);
INSERT INTO public.counters VALUES (34, 'tiny', 'leaderboard-desk-mc-0', 'needs_review', '', 1);
INSERT INTO public.counters VALUES (36, 'mock-model', 'humaneval', 'needs_review', '', 1);
INSERT INTO public.counters VALUES (38, 'canned', 'capitals-fuzzy', 'needs_review', '', 1);
INSERT INTO public.counters VALUES (39, 'canned', 'capitals-graded', 'needs_review', '', 1);
INSERT INTO public.counters VALUES (42, 'model', 'tooluse', 'needs_review', '', 2);
INSERT INTO public.counters VALUES (46, 'mock-chat', '', 'needs_review', '', 1);
INSERT INTO public.counters VALUES (49, 'tiny', 'geography', 'needs_review', '', 1);
INSERT INTO public.counters VALUES (49, 'tiny', 'literature', 'needs_review', '', 1);
INSERT INTO public.counters VALUES (26, 'openai:m', 'criteria', 'needs_review', '', 3);
INSERT INTO public.counters VALUES (5, 'm', 'sums', 'approved', 'wrong_answer', 1);
INSERT INTO public.counters VALUES (1, 'm', 'sums', 'approved', 'scoring_artifact', 1);
INSERT INTO public.counters VALUES (5, 'm', 'sums', 'needs_review', '', 7);
INSERT INTO public.counters VALUES (1, 'm', 'sums', 'approved', 'style_violation', 1);
INSERT INTO public.counters VALUES (6, 'm', 'sums', 'approved', '', 2);
INSERT INTO public.counters VALUES (1, 'm', 'sums', 'discarded', 'format_error', 1);
INSERT INTO public.counters VALUES (27, 'openai:m', 'unnumbered', 'model_rejected', '', 1);
INSERT INTO public.counters VALUES (6, 'm', 'sums', 'approved', 'scoring_artifact', 1);
INSERT INTO public.counters VALUES (1, 'm', 'sums', 'model_rejected', 'hallucination', 1);
INSERT INTO public.counters VALUES (27, 'openai:m', 'unnumbered', 'needs_review', '', 1);
INSERT INTO public.counters VALUES (6, 'm', 'sums', 'approved', 'style_violation', 1);
INSERT INTO public.counters VALUES (6, 'm', 'sums', 'needs_review', '', 8);
INSERT INTO public.counters VALUES (11, 'm1', 't', 'discarded', 'format_error', 1);
INSERT INTO public.counters VALUES (11, 'm1', 't', 'needs_review', '', 2);
INSERT INTO public.counters VALUES (13, 'm1', 't', 'discarded', '', 1);
INSERT INTO public.counters VALUES (13, 'm1', 't', 'needs_review', '', 2);
INSERT INTO public.counters VALUES (14, 'one', 'sums', 'model_rejected', 'hallucination', 1);
INSERT INTO public.counters VALUES (1, 'm', 'sums', 'approved', '', 1);
INSERT INTO public.counters VALUES (28, 'tiny', '', 'approved', 'wrong_answer', 1);
INSERT INTO public.counters VALUES (14, 'one', 'sums', 'model_rejected', '', 1);
INSERT INTO public.counters VALUES (14, 'one', 'sums', 'needs_review', '', 3);
INSERT INTO public.counters VALUES (1, 'm', 'sums', 'discarded', '', 2);
INSERT INTO public.counters VALUES (16, 'm', 'melting', 'approved', 'wrong_answer', 1);
INSERT INTO public.counters VALUES (16, 'm', 'melting', 'needs_review', '', 0);
INSERT INTO public.counters VALUES (18, '', 'truthfulqa_gen', 'approved', '', 1);
INSERT INTO public.counters VALUES (1, 'm', 'sums', 'model_rejected', '', 0);
INSERT INTO public.counters VALUES (1, 'm', 'sums', 'model_rejected', 'partial_answer', 2);
INSERT INTO public.counters VALUES (1, 'm', 'sums', 'approved', 'wrong_answer', 1);
INSERT INTO public.counters VALUES (1, 'm', 'sums', 'needs_review', '', 2);
INSERT INTO public.counters VALUES (18, '', 'truthfulqa_gen', 'needs_review', '', 0);
INSERT INTO public.counters VALUES (3, 'm', 'sums', 'needs_review', '', 0);
INSERT INTO public.counters VALUES (3, 'm', 'sums', 'approved', 'style_violation', 1);
INSERT INTO public.counters VALUES (4, 'm', 'sums', 'discarded', 'format_error', 1);
INSERT INTO public.counters VALUES (5, 'm', 'sums', 'discarded', '', 1);
INSERT INTO public.counters VALUES (21, '', '', 'approved', 'scoring_artifact', 1);
INSERT INTO public.counters VALUES (5, 'm', 'sums', 'model_rejected', 'hallucination', 1);
INSERT INTO public.counters VALUES (28, 'tiny', '', 'needs_review', '', 3);
INSERT INTO public.counters VALUES (5, 'm', 'sums', 'model_rejected', '', 1);
INSERT INTO public.counters VALUES (21, '', '', 'needs_review', '', 1);
INSERT INTO public.counters VALUES (23, '', '', 'approved', 'style_violation', 1);
INSERT INTO public.counters VALUES (23, '', '', 'needs_review', '', 3);
INSERT INTO public.counters VALUES (24, '', '', 'discarded', 'format_error', 1);
INSERT INTO public.counters VALUES (24, '', '', 'needs_review', '', 1);
INSERT INTO public.counters VALUES (25, '', '', 'discarded', '', 1);
INSERT INTO public.counters VALUES (25, '', '', 'needs_review', '', 2);
INSERT INTO public.counters VALUES (26, 'openai:m', 'criteria', 'model_rejected', 'hallucination', 1);
INSERT INTO public.counters VALUES (29, 'mock-chat', 'aliases', 'approved', '', 1);
INSERT INTO public.counters VALUES (29, 'mock-chat', 'aliases', 'needs_review', '', 1);
INSERT INTO public.counters VALUES (29, 'mock-chat', 'capitals', 'approved', 'scoring_artifact', 1);
INSERT INTO public.counters VALUES (29, 'mock-chat', 'capitals', 'needs_review', '', 3);
INSERT INTO public.counters VALUES (31, 'tiny', 'aliases', 'approved', 'style_violation', 1);
INSERT INTO public.counters VALUES (31, 'tiny', 'aliases', 'needs_review', '', 2);
INSERT INTO public.counters VALUES (31, 'tiny', 'capitals', 'discarded', 'format_error', 1);
INSERT INTO public.counters VALUES (31, 'tiny', 'capitals', 'needs_review', '', 3);
INSERT INTO public.counters VALUES (31, 'tiny', 'planets', 'discarded', '', 1);
INSERT INTO public.counters VALUES (31, 'tiny', 'planets', 'needs_review', '', 1);
INSERT INTO public.counters VALUES (32, 'tiny', 'aliases', 'model_rejected', 'hallucination', 1);
INSERT INTO public.counters VALUES (32, 'tiny', 'aliases', 'needs_review', '', 2);
INSERT INTO public.counters VALUES (32, 'tiny', 'capitals', 'model_rejected', '', 1);
INSERT INTO public.counters VALUES (32, 'tiny', 'capitals', 'needs_review', '', 3);
INSERT INTO public.counters VALUES (32, 'tiny', 'planets', 'approved', 'wrong_answer', 1);
INSERT INTO public.counters VALUES (32, 'tiny', 'planets', 'needs_review', '', 1);
INSERT INTO public.counters VALUES (33, 'dummy', 'community-desk-gen-1', 'approved', '', 1);
INSERT INTO public.counters VALUES (33, 'dummy', 'community-desk-gen-1', 'needs_review', '', 2);
INSERT INTO public.counters VALUES (33, 'dummy', 'community-desk-mc-0', 'approved', 'scoring_artifact', 1);
INSERT INTO public.counters VALUES (33, 'dummy', 'community-desk-mc-0', 'needs_review', '', 1);
INSERT INTO public.counters VALUES (34, 'tiny', 'leaderboard-desk-gen-1', 'approved', 'style_violation', 1);
INSERT INTO public.counters VALUES (34, 'tiny', 'leaderboard-desk-gen-1', 'needs_review', '', 2);
INSERT INTO public.counters VALUES (35, 'mock-model', 'healthbench', 'discarded', 'format_error', 1);
INSERT INTO public.counters VALUES (35, 'mock-model', 'healthbench', 'needs_review', '', 1);
INSERT INTO public.counters VALUES (37, 'mock-model', 'simpleqa', 'discarded', '', 1);
INSERT INTO public.counters VALUES (37, 'mock-model', 'simpleqa', 'needs_review', '', 1);
INSERT INTO public.counters VALUES (40, 'canned', 'capitals', 'model_rejected', 'hallucination', 1);
INSERT INTO public.counters VALUES (40, 'canned', 'capitals', 'needs_review', '', 1);
INSERT INTO public.counters VALUES (41, 'model', 'arithmetic', 'model_rejected', '', 1);
INSERT INTO public.counters VALUES (41, 'model', 'arithmetic', 'needs_review', '', 1);
INSERT INTO public.counters VALUES (43, 'canned-model', 'capitals', 'approved', 'wrong_answer', 1);
INSERT INTO public.counters VALUES (44, 'mock-chat', '', 'needs_review', '', 0);
INSERT INTO public.counters VALUES (43, 'canned-model', 'capitals', 'approved', '', 1);
INSERT INTO public.counters VALUES (43, 'canned-model', 'capitals', 'needs_review', '', 4);
INSERT INTO public.counters VALUES (45, 'mock-chat', 'run-1', 'needs_review', '', 3);
INSERT INTO public.counters VALUES (47, '', '', 'needs_review', '', 0);
INSERT INTO public.counters VALUES (48, '', '', 'needs_review', '', 2);
INSERT INTO public.counters VALUES (50, '', '', 'needs_review', '', 1);
INSERT INTO public.counters VALUES (2, 'm', 'sums', 'approved', '', 0);
INSERT INTO public.counters VALUES (4, 'm', 'sums', 'needs_review', '', 2);
INSERT INTO public.counters VALUES (44, 'mock-chat', '', 'approved', 'scoring_artifact', 1);
INSERT INTO public.counters VALUES (47, '', '', 'discarded', 'format_error', 1);
INSERT INTO public.counters VALUES (50, '', '', 'model_rejected', 'hallucination', 1);
INSERT INTO public.counters VALUES (2, 'm', 'sums', 'approved', 'scoring_artifact', 0);
INSERT INTO public.counters VALUES (2, 'm', 'sums', 'needs_review', '', 0);
INSERT INTO public.counters VALUES (2, 'm', 'sums', 'removed', '', 3);
INSERT INTO public.counters VALUES (2, 'm', 'sums', 'removed', 'scoring_artifact', 1);
INSERT INTO public.counters VALUES (3, 'm', 'sums', 'removed', '', 3);
INSERT INTO public.counters VALUES (4, 'm', 'sums', 'removed', '', 0);
INSERT INTO public.counters VALUES (4, 'm', 'sums', 'removed', 'format_error', 0);
INSERT INTO public.counters VALUES (45, 'mock-chat', 'run-1', 'approved', 'style_violation', 1);
INSERT INTO public.counters VALUES (48, '', '', 'discarded', '', 1);
INSERT INTO public.counters VALUES (51, 'm', 'sent', 'approved', '', 1);
INSERT INTO public.counters VALUES (51, 'm', 'sent', 'discarded', 'scoring_artifact', 1);
INSERT INTO public.counters VALUES (51, 'm', 'sent', 'needs_review', '', 11);
INSERT INTO public.counters VALUES (52, '', 'chat', 'approved', '', 1);


--
-- Data for Name: decisions; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.decisions VALUES (1, 32, 'accept', 'approved', 'answer 8', NULL, NULL, 'import', '2026-11-30T00:12:25.185742Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (2, 33, 'discard', 'discarded', NULL, 'scoring_artifact', 'was right', 'import', '2026-11-30T00:12:25.185742Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (3, 45, 'accept', 'approved', 'answer 8', NULL, NULL, 'import', '2026-11-30T00:12:25.257834Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (4, 46, 'discard', 'discarded', NULL, 'scoring_artifact', 'was right', 'import', '2026-11-30T00:12:25.257834Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (5, 50, 'correct', 'approved', '[{"id":"c1","type":"function","function":{"name":"add","arguments":"{\"a\":2,\"b\":2}"}}]', NULL, NULL, 'import', '2026-11-30T00:12:25.345769Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (6, 51, 'correct', 'approved', 'fixed', NULL, NULL, 'import', '2026-11-30T00:12:25.444422Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (7, 52, 'correct', 'approved', 'fixed', NULL, NULL, 'import', '2026-11-30T00:12:25.444422Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (8, 53, 'correct', 'approved', 'fixed', NULL, NULL, 'import', '2026-11-30T00:12:25.444422Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (9, 54, 'correct', 'approved', 'fixed', NULL, NULL, 'import', '2026-11-30T00:12:25.444422Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (10, 55, 'correct', 'approved', 'fixed', NULL, NULL, 'import', '2026-11-30T00:12:25.508685Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (11, 56, 'correct', 'approved', 'fixed', NULL, NULL, 'import', '2026-11-30T00:12:25.508685Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (12, 57, 'correct', 'approved', 'fixed', NULL, NULL, 'import', '2026-11-30T00:12:25.508685Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (13, 58, 'correct', 'approved', 'fixed', NULL, NULL, 'import', '2026-11-30T00:12:25.508685Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (14, 59, 'correct', 'approved', 'fixed', NULL, NULL, 'import', '2026-11-30T00:12:25.556763Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (15, 60, 'correct', 'approved', 'fixed', NULL, NULL, 'import', '2026-11-30T00:12:25.556763Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (16, 64, 'correct', 'approved', 'fixed', NULL, NULL, 'import', '2026-11-30T00:12:25.690124Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (17, 65, 'correct', 'approved', 'fixed', NULL, NULL, 'import', '2026-11-30T00:12:25.690124Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (18, 66, 'correct', 'approved', 'fixed', NULL, NULL, 'import', '2026-11-30T00:12:25.690124Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (19, 67, 'correct', 'approved', 'fixed', NULL, NULL, 'import', '2026-11-30T00:12:25.690124Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (20, 68, 'correct', 'approved', 'good row', NULL, NULL, 'import', '2026-11-30T00:12:25.690124Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (21, 1, 'correct', 'approved', '1', 'wrong_answer', 'one off', 'rowan', '2026-11-30T00:12:28.736219Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (22, 2, 'correct', 'approved', '  2
', NULL, NULL, 'rowan', '2026-11-30T00:12:28.775693Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (23, 3, 'accept', 'approved', 'answer 2', 'scoring_artifact', NULL, 'rowan', '2026-11-30T00:12:28.831646Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (24, 4, 'accept', 'approved', 'answer 3', 'style_violation', NULL, 'rowan', '2026-11-30T00:12:28.859893Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (25, 5, 'discard', 'discarded', NULL, 'format_error', NULL, 'rowan', '2026-11-30T00:12:28.871568Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (26, 6, 'discard', 'discarded', NULL, NULL, 'of no use', 'rowan', '2026-11-30T00:12:28.908945Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (27, 7, 'flag', 'model_rejected', NULL, 'hallucination', NULL, 'rowan', '2026-11-30T00:12:28.927992Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (28, 8, 'flag', 'model_rejected', NULL, NULL, NULL, 'rowan', '2026-11-30T00:12:28.949897Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (29, 2, 'undo', 'needs_review', NULL, NULL, NULL, 'rowan', '2026-11-30T00:12:28.973497Z', 22, NULL, NULL);
INSERT INTO public.decisions VALUES (30, 8, 'undo', 'needs_review', NULL, NULL, NULL, 'rowan', '2026-11-30T00:12:28.990059Z', 28, NULL, NULL);
INSERT INTO public.decisions VALUES (31, 8, 'discard', 'discarded', NULL, NULL, NULL, 'rowan', '2026-11-30T00:12:28.996976Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (32, 1, 'correct', 'approved', 'one', NULL, NULL, 'rowan', '2026-11-30T00:12:29.017917Z', 21, NULL, NULL);
INSERT INTO public.decisions VALUES (33, 9, 'discard', 'discarded', NULL, NULL, NULL, 'rowan', '2026-11-30T00:12:29.030498Z', NULL, NULL, 'efd38f8c-5c45-4178-902c-139fb97f9024');
INSERT INTO public.decisions VALUES (34, 10, 'discard', 'discarded', NULL, NULL, NULL, 'rowan', '2026-11-30T00:12:29.030498Z', NULL, NULL, 'efd38f8c-5c45-4178-902c-139fb97f9024');
INSERT INTO public.decisions VALUES (35, 9, 'undo', 'needs_review', NULL, NULL, NULL, 'rowan', '2026-11-30T00:12:29.093441Z', 33, NULL, '9dcadd7c-c773-45b0-ae50-d0596683d29a');
INSERT INTO public.decisions VALUES (36, 10, 'undo', 'needs_review', NULL, NULL, NULL, 'rowan', '2026-11-30T00:12:29.093441Z', 34, NULL, '9dcadd7c-c773-45b0-ae50-d0596683d29a');
INSERT INTO public.decisions VALUES (37, 10, 'flag', 'model_rejected', NULL, NULL, NULL, 'rowan', '2026-11-30T00:12:29.150362Z', NULL, NULL, 'd4dffda7-61c8-4c56-bf72-15b3355d38d0');
INSERT INTO public.decisions VALUES (38, 11, 'flag', 'model_rejected', NULL, NULL, NULL, 'rowan', '2026-11-30T00:12:29.150362Z', NULL, NULL, 'd4dffda7-61c8-4c56-bf72-15b3355d38d0');
INSERT INTO public.decisions VALUES (39, 10, 'flag', 'model_rejected', NULL, 'partial_answer', NULL, 'rowan', '2026-11-30T00:12:29.223795Z', 37, NULL, 'e599b159-ffe6-432a-adab-7ce1f0373657');
INSERT INTO public.decisions VALUES (40, 11, 'flag', 'model_rejected', NULL, 'partial_answer', NULL, 'rowan', '2026-11-30T00:12:29.223795Z', 38, NULL, 'e599b159-ffe6-432a-adab-7ce1f0373657');
INSERT INTO public.decisions VALUES (41, 2, 'correct', 'approved', '1', 'wrong_answer', 'one off', 'rowan', '2026-11-30T00:12:29.395136Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (42, 13, 'correct', 'approved', '  2
', NULL, NULL, 'rowan', '2026-11-30T00:12:29.411856Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (43, 16, 'accept', 'approved', 'answer 3', 'scoring_artifact', NULL, 'rowan', '2026-11-30T00:12:29.428452Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (44, 19, 'accept', 'approved', 'answer 2', 'style_violation', NULL, 'rowan', '2026-11-30T00:12:29.467762Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (45, 22, 'discard', 'discarded', NULL, 'format_error', NULL, 'rowan', '2026-11-30T00:12:29.491908Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (46, 25, 'discard', 'discarded', NULL, NULL, 'of no use', 'rowan', '2026-11-30T00:12:29.536112Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (47, 28, 'flag', 'model_rejected', NULL, 'hallucination', NULL, 'rowan', '2026-11-30T00:12:29.563607Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (48, 31, 'flag', 'model_rejected', NULL, NULL, NULL, 'rowan', '2026-11-30T00:12:29.582669Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (49, 36, 'correct', 'approved', '1', 'wrong_answer', 'one off', 'rowan', '2026-11-30T00:12:29.617594Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (50, 39, 'correct', 'approved', '  2
', NULL, NULL, 'rowan', '2026-11-30T00:12:29.656419Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (51, 42, 'accept', 'approved', 'answer 5', 'scoring_artifact', NULL, 'rowan', '2026-11-30T00:12:29.690280Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (52, 47, 'accept', 'approved', 'answer 10', 'style_violation', NULL, 'rowan', '2026-11-30T00:12:29.704457Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (53, 61, 'discard', 'discarded', NULL, 'format_error', NULL, 'rowan', '2026-11-30T00:12:29.726587Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (54, 69, 'discard', 'discarded', NULL, NULL, 'of no use', 'rowan', '2026-11-30T00:12:29.752204Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (55, 72, 'flag', 'model_rejected', NULL, 'hallucination', NULL, 'rowan', '2026-11-30T00:12:29.773938Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (56, 75, 'flag', 'model_rejected', NULL, NULL, NULL, 'rowan', '2026-11-30T00:12:29.791389Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (57, 78, 'correct', 'approved', '1', 'wrong_answer', 'one off', 'rowan', '2026-11-30T00:12:29.814753Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (58, 81, 'correct', 'approved', '  2
', NULL, NULL, 'rowan', '2026-11-30T00:12:29.851905Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (59, 84, 'accept', 'approved', '[{"role":"assistant","content":"","tool_calls":[{"id":"c1","type":"function","function":{"name":"add","arguments":"{\"a\":2,\"b\":2}"}}]},{"role":"tool","tool_call_id":"c1","content":"4"},{"role":"assistant","content":"5"}]', 'scoring_artifact', NULL, 'rowan', '2026-11-30T00:12:29.889069Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (60, 87, 'accept', 'approved', ' four
', 'style_violation', NULL, 'rowan', '2026-11-30T00:12:29.912826Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (61, 90, 'discard', 'discarded', NULL, 'format_error', NULL, 'rowan', '2026-11-30T00:12:29.931561Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (62, 93, 'discard', 'discarded', NULL, NULL, 'of no use', 'rowan', '2026-11-30T00:12:29.956500Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (63, 96, 'flag', 'model_rejected', NULL, 'hallucination', NULL, 'rowan', '2026-11-30T00:12:29.974815Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (64, 99, 'flag', 'model_rejected', NULL, NULL, NULL, 'rowan', '2026-11-30T00:12:30.003851Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (66, 105, 'correct', 'approved', '  2
', NULL, NULL, 'rowan', '2026-11-30T00:12:30.042589Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (68, 111, 'accept', 'approved', 'lol', 'style_violation', NULL, 'rowan', '2026-11-30T00:12:30.104895Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (70, 117, 'discard', 'discarded', NULL, NULL, 'of no use', 'rowan', '2026-11-30T00:12:30.157347Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (72, 123, 'flag', 'model_rejected', NULL, NULL, NULL, 'rowan', '2026-11-30T00:12:30.222960Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (74, 129, 'correct', 'approved', '  2
', NULL, NULL, 'rowan', '2026-11-30T00:12:30.262272Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (76, 135, 'accept', 'approved', 'random baseline', 'style_violation', NULL, 'rowan', '2026-11-30T00:12:30.304706Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (78, 141, 'discard', 'discarded', NULL, NULL, 'of no use', 'rowan', '2026-11-30T00:12:30.353062Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (80, 147, 'flag', 'model_rejected', NULL, NULL, NULL, 'rowan', '2026-11-30T00:12:30.402528Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (82, 153, 'correct', 'approved', '  2
', NULL, NULL, 'rowan', '2026-11-30T00:12:30.451695Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (84, 159, 'accept', 'approved', '', 'style_violation', NULL, 'rowan', '2026-11-30T00:12:30.508223Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (86, 165, 'discard', 'discarded', NULL, NULL, 'of no use', 'rowan', '2026-11-30T00:12:30.551679Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (88, 178, 'accept', 'approved', 'answer 8', NULL, NULL, 'import', '2026-11-30T00:12:30.742208Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (89, 179, 'discard', 'discarded', NULL, 'scoring_artifact', 'was right', 'import', '2026-11-30T00:12:30.742208Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (90, 183, 'correct', 'approved', 'Hello.', NULL, NULL, 'import', '2026-11-30T00:12:31.038421Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (65, 102, 'correct', 'approved', '1', 'wrong_answer', 'one off', 'rowan', '2026-11-30T00:12:30.019780Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (67, 108, 'accept', 'approved', 'The answer is Shakespeare.', 'scoring_artifact', NULL, 'rowan', '2026-11-30T00:12:30.078056Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (69, 114, 'discard', 'discarded', NULL, 'format_error', NULL, 'rowan', '2026-11-30T00:12:30.131689Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (71, 120, 'flag', 'model_rejected', NULL, 'hallucination', NULL, 'rowan', '2026-11-30T00:12:30.191827Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (73, 126, 'correct', 'approved', '1', 'wrong_answer', 'one off', 'rowan', '2026-11-30T00:12:30.242608Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (75, 132, 'accept', 'approved', 'Jonson', 'scoring_artifact', NULL, 'rowan', '2026-11-30T00:12:30.283022Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (77, 138, 'discard', 'discarded', NULL, 'format_error', NULL, 'rowan', '2026-11-30T00:12:30.331880Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (79, 144, 'flag', 'model_rejected', NULL, 'hallucination', NULL, 'rowan', '2026-11-30T00:12:30.371276Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (81, 150, 'correct', 'approved', '1', 'wrong_answer', 'one off', 'rowan', '2026-11-30T00:12:30.421423Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (83, 156, 'accept', 'approved', 'Send it in.', 'scoring_artifact', NULL, 'rowan', '2026-11-30T00:12:30.475588Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (85, 162, 'discard', 'discarded', NULL, 'format_error', NULL, 'rowan', '2026-11-30T00:12:30.529985Z', NULL, NULL, NULL);
INSERT INTO public.decisions VALUES (87, 168, 'flag', 'model_rejected', NULL, 'hallucination', NULL, 'rowan', '2026-11-30T00:12:30.571648Z', NULL, NULL, NULL);


--
-- Data for Name: exports; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.exports VALUES (1, '2026-11-30T00:12:31.318153Z', 'rowan', NULL, 'avocet_sft_20261130T001231Z.jsonl', '{"avocet_version":"0.1.0","recipe":{"format":"sft","filter":{},"splits":null,"rules":{"artifact_pairs":false,"unchanged_pairs":false,"duplicates":false}},"hold_out":{"share":0.0,"salt":""},"as_of":{"decision":90,"hidden_runs":[]},"read":47,"rows":47,"left_out":{},"by_category":{"scoring_artifact":7,"style_violation":7,"wrong_answer":6,"uncategorised":27},"runs":[{"run_id":"2026-11-22-100000","sha256":"6163616f10d08262e5e52303c74a77e40089d2d5851addd96cb4dc994f562ab4","candidates":4},{"run_id":"answer-is-a-call","sha256":"3f85b57998678b23bcaa7ae4bf9b0ea95d11d61022f84f50899bcf0d26523f35","candidates":1},{"run_id":"calls","sha256":"01c647d90db58d0e817bed83e8e9468794df09ad8bf9a5af643640f9e2b40d35","candidates":1},{"run_id":"capitals-2","sha256":"b358b71e7acb48db36b13aaa889081315d37acb439d762d7da54a61fcc2f608f","candidates":2},{"run_id":"dummy_2026-11-22T21-53-46.866301","sha256":null,"candidates":2},{"run_id":"ingest-chat","sha256":null,"candidates":1},{"run_id":"latest_test_run","sha256":"0501e73111fc32fc258f60a73d7c8da60b9cea16e39c09cebe5e1b0394086785","candidates":1},{"run_id":"lm-eval 2026-11-22T10-00-04.000000","sha256":null,"candidates":1},{"run_id":"m 2026-11-22T10-00-02.000000","sha256":"eb36c00f194787e10335080ef3b6c5fb8578490adbef0f2b8eab25fc944b1617","candidates":1},{"run_id":"mock-chat 2026-11-22T22-01-39.875704","sha256":null,"candidates":2},{"run_id":"no-arguments","sha256":"99323cc18266c215981093851fbf926da7fd224c4f7531bb1a612d875049ef4a","candidates":4},{"run_id":"pretrained__org__tiny","sha256":null,"candidates":1},{"run_id":"roles","sha256":"90b996445cbd280b6b5083a4613070056ad9b9c342d386731dad31c03e409140","candidates":5},{"run_id":"sent","sha256":"99133d3e12080bedf1fa59323788143e7ea6f2e73c47b8ab3dc2f6faab5a9b1e","candidates":1},{"run_id":"taken-back","sha256":"bf756d76dd92c797cdbfe3bdc1d2e1881d381c01d7aff74d3eed3651c5f6a8cc","candidates":2},{"run_id":"test_run_20261122_100000","sha256":"3acfcb9ebfc27dcca6aa29711ea1e6cbd80993a545c21918b6ea70231fcc6ff6","candidates":1},{"run_id":"test_run_20261122_221321","sha256":"0db76c81170c12c1b0ed7fcc2d4a1db34c18fa3f169a88dcc81d67a721fffec0","candidates":1},{"run_id":"text-and-object","sha256":"64467b31cdc13abbe2d78256bd13fa7fb8bcfb85d2be98d7cea072fe639394e5","candidates":4},{"run_id":"tiny 2026-11-22T22-06-06.494889","sha256":null,"candidates":1},{"run_id":"tiny_2024-11-05T10-20-30.123456","sha256":null,"candidates":1},{"run_id":"tools-of-different-types","sha256":"0285e3c1c801445c5ecce6e3754437807bd9cca496fce1f1c68a11226178db99","candidates":2},{"run_id":"turns-as-answer","sha256":"0677359c5bb8814ba18e69817a5cdaa93def6b24b41bf32b32a27fc19b941e33","candidates":1},{"run_id":"undecided-taken-back","sha256":"6582134af0c39f8f16c51b8a3ffbfe54f9613af0713c98b4645b34c8593326cc","candidates":1},{"run_id":"with-ids","sha256":"5c3803c9a03c2c32fca3c10106b4f83c1450d8778e076d0c1d0d18eaf2be3b67","candidates":4},{"run_id":"without-ids","sha256":"e5b37225af4938bc2cf60c7b14fed58115207951162dd7ee62f4226315f7703e","candidates":2}],"items":{"":["1","c","shop-1"],"aliases":["1","2"],"capitals":["0.0","2","3.1"],"community-desk-gen-1":["1"],"community-desk-mc-0":["2"],"leaderboard-desk-gen-1":["2"],"melting":["4"],"planets":["0"],"run-1":["test_case_3"],"sent":["t8"],"sums":["t0","t1","t10","t12","t2","t3","t5","t8"],"truthfulqa_gen":["0"]},"rows_without_item":18,"files":[{"name":"avocet_sft_20261130T001231Z.jsonl","bytes":13266,"sha256":"abb3786bcd19c1adf377fd2f18f4ceabf4edae53446fa8763949f490e00d148c","part":"","split":null,"rows":47}]}');
INSERT INTO public.exports VALUES (2, '2026-11-30T00:12:31.481448Z', 'rowan', 'mine', 'avocet_trl-sft_20261130T001231Z.jsonl', '{"avocet_version":"0.1.0","recipe":{"format":"trl-sft","filter":{"exclude_category":["scoring_artifact"]},"splits":null,"rules":{"artifact_pairs":false,"unchanged_pairs":false,"duplicates":false}},"hold_out":{"share":0.0,"salt":""},"as_of":{"decision":90,"hidden_runs":[]},"read":40,"rows":34,"left_out":{"The answer is empty: there is nothing to learn from.":1,"The prompt does not end in a user''s or a tool''s turn.":3,"The same prompt and answer were written already.":2},"by_category":{"style_violation":6,"wrong_answer":5,"uncategorised":23},"runs":[{"run_id":"2026-11-22-100000","sha256":"6163616f10d08262e5e52303c74a77e40089d2d5851addd96cb4dc994f562ab4","candidates":3},{"run_id":"answer-is-a-call","sha256":"3f85b57998678b23bcaa7ae4bf9b0ea95d11d61022f84f50899bcf0d26523f35","candidates":1},{"run_id":"calls","sha256":"01c647d90db58d0e817bed83e8e9468794df09ad8bf9a5af643640f9e2b40d35","candidates":1},{"run_id":"capitals-2","sha256":"b358b71e7acb48db36b13aaa889081315d37acb439d762d7da54a61fcc2f608f","candidates":2},{"run_id":"dummy_2026-11-22T21-53-46.866301","sha256":null,"candidates":1},{"run_id":"ingest-chat","sha256":null,"candidates":1},{"run_id":"lm-eval 2026-11-22T10-00-04.000000","sha256":null,"candidates":1},{"run_id":"m 2026-11-22T10-00-02.000000","sha256":"eb36c00f194787e10335080ef3b6c5fb8578490adbef0f2b8eab25fc944b1617","candidates":1},{"run_id":"mock-chat 2026-11-22T22-01-39.875704","sha256":null,"candidates":1},{"run_id":"no-arguments","sha256":"99323cc18266c215981093851fbf926da7fd224c4f7531bb1a612d875049ef4a","candidates":4},{"run_id":"pretrained__org__tiny","sha256":null,"candidates":1},{"run_id":"roles","sha256":"90b996445cbd280b6b5083a4613070056ad9b9c342d386731dad31c03e409140","candidates":3},{"run_id":"taken-back","sha256":"bf756d76dd92c797cdbfe3bdc1d2e1881d381c01d7aff74d3eed3651c5f6a8cc","candidates":1},{"run_id":"test_run_20261122_100000","sha256":"3acfcb9ebfc27dcca6aa29711ea1e6cbd80993a545c21918b6ea70231fcc6ff6","candidates":1},{"run_id":"text-and-object","sha256":"64467b31cdc13abbe2d78256bd13fa7fb8bcfb85d2be98d7cea072fe639394e5","candidates":4},{"run_id":"tiny 2026-11-22T22-06-06.494889","sha256":null,"candidates":1},{"run_id":"tiny_2024-11-05T10-20-30.123456","sha256":null,"candidates":1},{"run_id":"tools-of-different-types","sha256":"0285e3c1c801445c5ecce6e3754437807bd9cca496fce1f1c68a11226178db99","candidates":2},{"run_id":"undecided-taken-back","sha256":"6582134af0c39f8f16c51b8a3ffbfe54f9613af0713c98b4645b34c8593326cc","candidates":1},{"run_id":"with-ids","sha256":"5c3803c9a03c2c32fca3c10106b4f83c1450d8778e076d0c1d0d18eaf2be3b67","candidates":2},{"run_id":"without-ids","sha256":"e5b37225af4938bc2cf60c7b14fed58115207951162dd7ee62f4226315f7703e","candidates":1}],"items":{"":["c"],"aliases":["1","2"],"capitals":["0.0","3.1"],"community-desk-gen-1":["1"],"leaderboard-desk-gen-1":["2"],"melting":["4"],"planets":["0"],"sums":["t0","t1","t10","t2","t3","t8"],"truthfulqa_gen":["0"]},"rows_without_item":16,"files":[{"name":"avocet_trl-sft_20261130T001231Z.jsonl","bytes":10936,"sha256":"1f27ca046f3c5a85f7c6a3dbf6b69da597e8bec3bff2f465bab979f02eae95fc","part":"","split":null,"rows":34}]}');


--
-- Data for Name: mappings; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.mappings VALUES ('mine', '{"prompt":"q","response":"a","passed":"ok"}');


--
-- Data for Name: recipes; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.recipes VALUES ('mine', '{"format":"trl-sft","filter":{"exclude_category":["scoring_artifact"]},"splits":null,"rules":{"artifact_pairs":false,"unchanged_pairs":false,"duplicates":false}}');


--
-- Data for Name: rejected_lines; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.rejected_lines VALUES (1, 14, 'samples_sums_2026-11-22T10-00-00.000000.jsonl', 3, 'id_conflict', 'The id ''lm-eval-c5381248ab5337a92c9e24dcf5bb8d0d'' is already here with another prompt or response.', 'd');
INSERT INTO public.rejected_lines VALUES (2, 14, 'samples_sums_2026-11-22T10-00-00.000000.jsonl', 4, 'id_conflict', 'The id ''lm-eval-2cd77fb84dfc72cc13d6b42097dcc405'' is already here with another prompt or response.', 'e');
INSERT INTO public.rejected_lines VALUES (3, 14, 'samples_sums_2026-11-22T10-00-00.000000.jsonl', 5, 'id_conflict', 'The id ''lm-eval-4450d536311ad42ed0033e0074265f78'' is already here with another prompt or response.', 'f');
INSERT INTO public.rejected_lines VALUES (4, 22, 'ends-with-user.json', 1, 'invalid_item', 'traj doesn''t end with the model''s answer; map response.', '{
  "task_id": 0,
  "reward": 0.0,
  "traj": [
   {
    "role": "system",
    "content": "Be an agent."
   },
   {
    "role": "user",
    "content": "Cancel it"
   },
   {
    "role": "assistant",
  ');
INSERT INTO public.rejected_lines VALUES (5, 22, 'ends-with-user.json', 3, 'invalid_messages', 'prompt_messages isn''t a list of messages with at least one in it.', '{
  "task_id": 2,
  "reward": 0.0,
  "traj": [],
  "info": {
   "error": "EOF"
  }
 }');
INSERT INTO public.rejected_lines VALUES (6, 42, 'tooluse-0.3.100.eval', 2, 'media_not_supported', 'Sample img1, epoch 1: messages[0] holds an image; the desk is for text only.', '{
  "id": "img1",
  "epoch": 1,
  "input": [
    {
      "id": "k54MDVvAtATKQuGrkVHGKC",
      "content": [
        {
          "type": "text",
          "text": "What colour is this pixel?"
        }');
INSERT INTO public.rejected_lines VALUES (7, 49, 'script.jsonl', 5, 'invalid_item', 'prediction is null; an answer that was empty is "".', '{"question": "Say hi.", "answer": "hi", "prediction": null, "score": 0.0, "model": "org/tiny", "category": "chat", "meta": {"id": "q5", "at": 1767225604}}');


--
-- Data for Name: removals; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.removals VALUES (1, 2, true, 'rowan', '2026-11-30T00:12:31.548624Z', 90, NULL, NULL);
INSERT INTO public.removals VALUES (2, 3, false, 'rowan', '2026-11-30T00:12:31.615545Z', 90, NULL, NULL);
INSERT INTO public.removals VALUES (3, 4, true, 'rowan', '2026-11-30T00:12:31.681540Z', 90, '2026-11-30T00:12:31.756556Z', 90);


--
-- Data for Name: run_totals; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.run_totals VALUES (1, 'm', 'sums', 0, 12, 0, 0);
INSERT INTO public.run_totals VALUES (2, 'm', 'sums', 0, 4, 0, 0);
INSERT INTO public.run_totals VALUES (3, 'm', 'sums', 0, 4, 0, 0);
INSERT INTO public.run_totals VALUES (4, 'm', 'sums', 0, 3, 0, 0);
INSERT INTO public.run_totals VALUES (5, 'm', 'sums', 0, 13, 0, 0);
INSERT INTO public.run_totals VALUES (6, 'm', 'sums', 0, 13, 0, 0);
INSERT INTO public.run_totals VALUES (7, 'm1', 't', 0, 1, 0, 0);
INSERT INTO public.run_totals VALUES (8, 'm1', 't', 0, 4, 0, 0);
INSERT INTO public.run_totals VALUES (9, 'm1', 't', 0, 4, 0, 0);
INSERT INTO public.run_totals VALUES (10, 'm1', 't', 0, 2, 0, 0);
INSERT INTO public.run_totals VALUES (11, 'm1', 't', 0, 3, 0, 0);
INSERT INTO public.run_totals VALUES (12, 'm1', 't', 0, 5, 0, 0);
INSERT INTO public.run_totals VALUES (13, 'm1', 't', 0, 3, 0, 0);
INSERT INTO public.run_totals VALUES (14, 'one', 'sums', 0, 5, 0, 0);
INSERT INTO public.run_totals VALUES (14, 'two', 'sums', 0, 5, 0, 0);
INSERT INTO public.run_totals VALUES (15, '', 'choice', 0, 1, 0, 0);
INSERT INTO public.run_totals VALUES (16, 'm', 'melting', 0, 1, 0, 4);
INSERT INTO public.run_totals VALUES (17, '', 'sums', 3, 0, 0, 1);
INSERT INTO public.run_totals VALUES (18, '', 'humaneval', 0, 1, 0, 0);
INSERT INTO public.run_totals VALUES (18, '', 'ifeval', 0, 1, 0, 0);
INSERT INTO public.run_totals VALUES (18, '', 'truthfulqa_gen', 0, 1, 0, 0);
INSERT INTO public.run_totals VALUES (19, 'gsm', 'gsm', 0, 1, 0, 0);
INSERT INTO public.run_totals VALUES (20, '', 'tagging', 0, 0, 0, 3);
INSERT INTO public.run_totals VALUES (21, '', '', 0, 2, 0, 0);
INSERT INTO public.run_totals VALUES (22, '', '', 1, 0, 0, 0);
INSERT INTO public.run_totals VALUES (23, '', '', 0, 4, 0, 0);
INSERT INTO public.run_totals VALUES (24, '', '', 0, 2, 0, 0);
INSERT INTO public.run_totals VALUES (25, '', '', 0, 3, 0, 0);
INSERT INTO public.run_totals VALUES (26, 'openai:m', 'criteria', 0, 4, 0, 0);
INSERT INTO public.run_totals VALUES (27, 'openai:m', 'unnumbered', 0, 4, 0, 0);
INSERT INTO public.run_totals VALUES (28, 'tiny', '', 0, 4, 0, 0);
INSERT INTO public.run_totals VALUES (29, 'mock-chat', 'aliases', 2, 2, 0, 0);
INSERT INTO public.run_totals VALUES (29, 'mock-chat', 'capitals', 0, 4, 0, 0);
INSERT INTO public.run_totals VALUES (30, 'mock-chat', 'capitals', 0, 0, 0, 4);
INSERT INTO public.run_totals VALUES (31, 'tiny', 'aliases', 1, 3, 0, 0);
INSERT INTO public.run_totals VALUES (31, 'tiny', 'capitals', 0, 4, 0, 0);
INSERT INTO public.run_totals VALUES (31, 'tiny', 'planets', 1, 2, 0, 0);
INSERT INTO public.run_totals VALUES (32, 'tiny', 'aliases', 1, 3, 0, 0);
INSERT INTO public.run_totals VALUES (32, 'tiny', 'capitals', 0, 4, 0, 0);
INSERT INTO public.run_totals VALUES (32, 'tiny', 'planets', 1, 2, 0, 0);
INSERT INTO public.run_totals VALUES (33, 'dummy', 'community-desk-gen-1', 0, 3, 0, 0);
INSERT INTO public.run_totals VALUES (33, 'dummy', 'community-desk-mc-0', 1, 2, 0, 0);
INSERT INTO public.run_totals VALUES (34, 'tiny', 'leaderboard-desk-gen-1', 0, 3, 0, 0);
INSERT INTO public.run_totals VALUES (34, 'tiny', 'leaderboard-desk-mc-0', 1, 1, 0, 1);
INSERT INTO public.run_totals VALUES (35, 'mock-model', 'healthbench', 1, 2, 0, 0);
INSERT INTO public.run_totals VALUES (36, 'mock-model', 'humaneval', 0, 1, 0, 0);
INSERT INTO public.run_totals VALUES (37, 'mock-model', 'simpleqa', 1, 2, 0, 0);
INSERT INTO public.run_totals VALUES (38, 'canned', 'capitals-fuzzy', 2, 1, 0, 0);
INSERT INTO public.run_totals VALUES (39, 'canned', 'capitals-graded', 1, 1, 0, 0);
INSERT INTO public.run_totals VALUES (40, 'canned', 'capitals', 1, 2, 0, 0);
INSERT INTO public.run_totals VALUES (41, 'model', 'arithmetic', 4, 2, 0, 0);
INSERT INTO public.run_totals VALUES (42, 'model', 'tooluse', 0, 2, 0, 0);
INSERT INTO public.run_totals VALUES (43, 'canned-model', 'capitals', 2, 6, 2, 0);
INSERT INTO public.run_totals VALUES (44, 'mock-chat', '', 1, 1, 0, 0);
INSERT INTO public.run_totals VALUES (45, 'mock-chat', 'run-1', 1, 4, 0, 0);
INSERT INTO public.run_totals VALUES (46, 'mock-chat', '', 1, 1, 0, 0);
INSERT INTO public.run_totals VALUES (47, '', '', 1, 1, 0, 0);
INSERT INTO public.run_totals VALUES (48, '', '', 1, 3, 0, 0);
INSERT INTO public.run_totals VALUES (49, 'tiny', 'geography', 0, 1, 0, 0);
INSERT INTO public.run_totals VALUES (49, 'tiny', 'arithmetic', 1, 0, 0, 1);
INSERT INTO public.run_totals VALUES (49, 'tiny', 'literature', 0, 1, 0, 0);
INSERT INTO public.run_totals VALUES (50, '', '', 1, 2, 0, 0);
INSERT INTO public.run_totals VALUES (51, 'm', 'sent', 0, 13, 0, 0);


--
-- Data for Name: runs; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.runs VALUES (1, '2026-11-22-100000', 'cf-orch', NULL, 'cf-orch', '/tmp/avocet-results/cases/lines/2026-11-22-100000/sft_candidates.jsonl', '6163616f10d08262e5e52303c74a77e40089d2d5851addd96cb4dc994f562ab4', '2026-11-22T10:00:00', 'imported', 12, 12, 0, 0, 0, 0, 0, 0, 3572, 3572, '2026-11-30T00:12:24.923474Z', '2026-11-30T00:12:24.966146Z', NULL, NULL, '[{"name":"sft_candidates.jsonl","bytes":3572,"sha256":"6163616f10d08262e5e52303c74a77e40089d2d5851addd96cb4dc994f562ab4"}]', '{}', NULL);
INSERT INTO public.runs VALUES (7, 'answer-is-a-call', 'cf-orch', NULL, 'cf-orch', '/tmp/avocet-results/cases/lines/answer-is-a-call.jsonl', '3f85b57998678b23bcaa7ae4bf9b0ea95d11d61022f84f50899bcf0d26523f35', '2026-11-30T00:04:33Z', 'imported', 1, 1, 0, 0, 0, 0, 0, 0, 621, 621, '2026-11-30T00:12:25.319871Z', '2026-11-30T00:12:25.375868Z', NULL, NULL, '[{"name":"answer-is-a-call.jsonl","bytes":621,"sha256":"3f85b57998678b23bcaa7ae4bf9b0ea95d11d61022f84f50899bcf0d26523f35"}]', '{}', NULL);
INSERT INTO public.runs VALUES (3, 'undecided-taken-back', 'cf-orch', NULL, 'cf-orch', '/tmp/avocet-results/cases/lines/undecided-taken-back/sft_candidates.jsonl', '6582134af0c39f8f16c51b8a3ffbfe54f9613af0713c98b4645b34c8593326cc', '2026-11-30T00:04:34Z', 'imported', 4, 4, 0, 0, 0, 0, 0, 0, 1028, 1028, '2026-11-30T00:12:25.043199Z', '2026-11-30T00:12:25.069324Z', NULL, NULL, '[{"name":"sft_candidates.jsonl","bytes":1028,"sha256":"6582134af0c39f8f16c51b8a3ffbfe54f9613af0713c98b4645b34c8593326cc"}]', '{}', NULL);
INSERT INTO public.runs VALUES (4, 'brought-back', 'cf-orch', NULL, 'cf-orch', '/tmp/avocet-results/cases/lines/brought-back/sft_candidates.jsonl', '0ed21ea9df9080117aba7c278058806d0caa367edbdbde05bef81b6c4992d423', '2026-11-30T00:04:34Z', 'imported', 3, 3, 0, 0, 0, 0, 0, 0, 771, 771, '2026-11-30T00:12:25.091590Z', '2026-11-30T00:12:25.139619Z', NULL, NULL, '[{"name":"sft_candidates.jsonl","bytes":771,"sha256":"0ed21ea9df9080117aba7c278058806d0caa367edbdbde05bef81b6c4992d423"}]', '{}', NULL);
INSERT INTO public.runs VALUES (8, 'no-arguments', 'cf-orch', NULL, 'cf-orch', '/tmp/avocet-results/cases/lines/no-arguments.jsonl', '99323cc18266c215981093851fbf926da7fd224c4f7531bb1a612d875049ef4a', '2026-11-30T00:04:33Z', 'imported', 4, 4, 0, 0, 0, 0, 0, 0, 1680, 1680, '2026-11-30T00:12:25.421491Z', '2026-11-30T00:12:25.460703Z', NULL, NULL, '[{"name":"no-arguments.jsonl","bytes":1680,"sha256":"99323cc18266c215981093851fbf926da7fd224c4f7531bb1a612d875049ef4a"}]', '{}', NULL);
INSERT INTO public.runs VALUES (5, 'without-ids', 'cf-orch', NULL, 'cf-orch', '/tmp/avocet-results/cases/lines/without-ids.jsonl', 'e5b37225af4938bc2cf60c7b14fed58115207951162dd7ee62f4226315f7703e', '2026-11-30T00:04:34Z', 'imported', 13, 13, 0, 0, 0, 0, 0, 0, 4353, 4353, '2026-11-30T00:12:25.162529Z', '2026-11-30T00:12:25.211647Z', NULL, NULL, '[{"name":"without-ids.jsonl","bytes":4353,"sha256":"e5b37225af4938bc2cf60c7b14fed58115207951162dd7ee62f4226315f7703e"}]', '{}', NULL);
INSERT INTO public.runs VALUES (6, 'with-ids', 'cf-orch', NULL, 'cf-orch', '/tmp/avocet-results/cases/lines/with-ids.jsonl', '5c3803c9a03c2c32fca3c10106b4f83c1450d8778e076d0c1d0d18eaf2be3b67', '2026-11-30T00:04:34Z', 'imported', 13, 13, 0, 0, 0, 0, 0, 0, 4551, 4551, '2026-11-30T00:12:25.237088Z', '2026-11-30T00:12:25.279809Z', NULL, NULL, '[{"name":"with-ids.jsonl","bytes":4551,"sha256":"5c3803c9a03c2c32fca3c10106b4f83c1450d8778e076d0c1d0d18eaf2be3b67"}]', '{}', NULL);
INSERT INTO public.runs VALUES (11, 'numbers', 'cf-orch', NULL, 'cf-orch', '/tmp/avocet-results/cases/lines/numbers.jsonl', 'b6d6030af686b62eb1922449924ea780bcfa7c76ba311c0a40a4f650e6eafee4', '2026-11-30T00:04:33Z', 'imported', 3, 3, 0, 0, 0, 0, 0, 0, 730, 730, '2026-11-30T00:12:25.616885Z', '2026-11-30T00:12:25.645545Z', NULL, NULL, '[{"name":"numbers.jsonl","bytes":730,"sha256":"b6d6030af686b62eb1922449924ea780bcfa7c76ba311c0a40a4f650e6eafee4"}]', '{}', NULL);
INSERT INTO public.runs VALUES (9, 'text-and-object', 'cf-orch', NULL, 'cf-orch', '/tmp/avocet-results/cases/lines/text-and-object.jsonl', '64467b31cdc13abbe2d78256bd13fa7fb8bcfb85d2be98d7cea072fe639394e5', '2026-11-30T00:04:33Z', 'imported', 4, 4, 0, 0, 0, 0, 0, 0, 1888, 1888, '2026-11-30T00:12:25.485642Z', '2026-11-30T00:12:25.521885Z', NULL, NULL, '[{"name":"text-and-object.jsonl","bytes":1888,"sha256":"64467b31cdc13abbe2d78256bd13fa7fb8bcfb85d2be98d7cea072fe639394e5"}]', '{}', NULL);
INSERT INTO public.runs VALUES (10, 'tools-of-different-types', 'cf-orch', NULL, 'cf-orch', '/tmp/avocet-results/cases/lines/tools-of-different-types.jsonl', '0285e3c1c801445c5ecce6e3754437807bd9cca496fce1f1c68a11226178db99', '2026-11-30T00:04:33Z', 'imported', 2, 2, 0, 0, 0, 0, 0, 0, 777, 777, '2026-11-30T00:12:25.541420Z', '2026-11-30T00:12:25.582720Z', NULL, NULL, '[{"name":"tools-of-different-types.jsonl","bytes":777,"sha256":"0285e3c1c801445c5ecce6e3754437807bd9cca496fce1f1c68a11226178db99"}]', '{}', NULL);
INSERT INTO public.runs VALUES (14, 'one 2026-11-22T10-00-00.000000', 'lm-eval', '0.4.13', 'lm-eval', '/tmp/avocet-results/cases/lm-eval/pair/org__two/samples_sums_2026-11-22T10-00-00.000000.jsonl', '22c18fc2b1a0aa983848668286a02dd4df367ecd5cb3bd8b7d3e59c5084a6830', '2026-11-22T10:00:00', 'imported', 5, 0, 2, 3, 0, 0, 0, 0, 1235, 1235, '2026-11-30T00:12:25.849042Z', '2026-11-30T00:12:25.900186Z', NULL, '2026-11-22T10-00-00.000000', '[{"name":"samples_sums_2026-11-22T10-00-00.000000.jsonl","bytes":1235,"sha256":"22c18fc2b1a0aa983848668286a02dd4df367ecd5cb3bd8b7d3e59c5084a6830"}]', '{}', NULL);
INSERT INTO public.runs VALUES (12, 'roles', 'cf-orch', NULL, 'cf-orch', '/tmp/avocet-results/cases/lines/roles.jsonl', '90b996445cbd280b6b5083a4613070056ad9b9c342d386731dad31c03e409140', '2026-11-30T00:04:33Z', 'imported', 5, 5, 0, 0, 0, 0, 0, 0, 1442, 1442, '2026-11-30T00:12:25.674247Z', '2026-11-30T00:12:25.706963Z', NULL, NULL, '[{"name":"roles.jsonl","bytes":1442,"sha256":"90b996445cbd280b6b5083a4613070056ad9b9c342d386731dad31c03e409140"}]', '{}', NULL);
INSERT INTO public.runs VALUES (13, 'white-space', 'cf-orch', NULL, 'cf-orch', '/tmp/avocet-results/cases/lines/white-space.jsonl', '5a58c3ac77c521060edfdc07c50a5a11f2c5e51b8f5224cab40a511f1b23aa46', '2026-11-30T00:04:33Z', 'imported', 3, 3, 0, 0, 0, 0, 0, 0, 694, 694, '2026-11-30T00:12:25.734290Z', '2026-11-30T00:12:25.755534Z', NULL, NULL, '[{"name":"white-space.jsonl","bytes":694,"sha256":"5a58c3ac77c521060edfdc07c50a5a11f2c5e51b8f5224cab40a511f1b23aa46"}]', '{}', NULL);
INSERT INTO public.runs VALUES (15, 'lm-eval 2026-11-22T10-00-01.000000', 'lm-eval', NULL, 'lm-eval', '/tmp/avocet-results/cases/lm-eval/blank/samples_choice_2026-11-22T10-00-01.000000.jsonl', '7845a98d4f28917bc109556c2bd205660ceebb0b3f42ccf0f046bba08dc59928', '2026-11-22T10:00:01', 'imported', 1, 1, 0, 0, 0, 0, 0, 0, 329, 329, '2026-11-30T00:12:25.928825Z', '2026-11-30T00:12:25.952221Z', NULL, '2026-11-22T10-00-01.000000', '[{"name":"samples_choice_2026-11-22T10-00-01.000000.jsonl","bytes":329,"sha256":"7845a98d4f28917bc109556c2bd205660ceebb0b3f42ccf0f046bba08dc59928"}]', '{}', NULL);
INSERT INTO public.runs VALUES (39, 'capitals-graded', 'openai-evals', NULL, 'openai-evals', '/tmp/avocet-results/samples/openai-evals/capitals-graded.jsonl', 'c3271638948256bbe668ccc28a83ea01403304679e134ebd412acc1f110eadf6', '2026-11-22T22:27:49.790999', 'imported', 2, 1, 0, 0, 1, 0, 0, 0, 3796, 3796, '2026-11-30T00:12:27.662974Z', '2026-11-30T00:12:27.683186Z', NULL, '261122222749TDB44EUA', '[{"name":"capitals-graded.jsonl","bytes":3796,"sha256":"c3271638948256bbe668ccc28a83ea01403304679e134ebd412acc1f110eadf6"}]', '{}', NULL);
INSERT INTO public.runs VALUES (16, 'm 2026-11-22T10-00-02.000000', 'lm-eval', NULL, 'lm-eval', '/tmp/avocet-results/cases/lm-eval/infinity/samples_melting_2026-11-22T10-00-02.000000.jsonl', 'eb36c00f194787e10335080ef3b6c5fb8578490adbef0f2b8eab25fc944b1617', '2026-11-22T10:00:02', 'imported', 5, 1, 0, 0, 0, 0, 4, 0, 1554, 1554, '2026-11-30T00:12:25.973648Z', '2026-11-30T00:12:25.999577Z', NULL, '2026-11-22T10-00-02.000000', '[{"name":"samples_melting_2026-11-22T10-00-02.000000.jsonl","bytes":1554,"sha256":"eb36c00f194787e10335080ef3b6c5fb8578490adbef0f2b8eab25fc944b1617"}]', '{}', NULL);
INSERT INTO public.runs VALUES (17, 'lm-eval 2026-11-22T10-00-03.000000', 'lm-eval', NULL, 'lm-eval', '/tmp/avocet-results/cases/lm-eval/likelihood/samples_sums_2026-11-22T10-00-03.000000.jsonl', '48c970f2f8f661a4f0e8cf061e0877544359c41abda2bbd1f1ae68d277b86105', '2026-11-22T10:00:03', 'imported', 4, 0, 0, 0, 3, 0, 1, 0, 1118, 1118, '2026-11-30T00:12:26.021992Z', '2026-11-30T00:12:26.041130Z', NULL, '2026-11-22T10-00-03.000000', '[{"name":"samples_sums_2026-11-22T10-00-03.000000.jsonl","bytes":1118,"sha256":"48c970f2f8f661a4f0e8cf061e0877544359c41abda2bbd1f1ae68d277b86105"}]', '{}', '{"Only likelihoods were measured; there is no answer to review.":1}');
INSERT INTO public.runs VALUES (23, 'calls', 'generic', NULL, 'generic', '/tmp/avocet-results/cases/generic/calls.jsonl', '01c647d90db58d0e817bed83e8e9468794df09ad8bf9a5af643640f9e2b40d35', '2026-11-30T00:04:34Z', 'imported', 4, 4, 0, 0, 0, 0, 0, 0, 306, 306, '2026-11-30T00:12:26.363425Z', '2026-11-30T00:12:26.400037Z', NULL, NULL, '[{"name":"calls.jsonl","bytes":306,"sha256":"01c647d90db58d0e817bed83e8e9468794df09ad8bf9a5af643640f9e2b40d35"}]', '{"mapping":{"prompt":"q","response":"a","passed":"ok","reason":"why"}}', '{"The file names no model.":4}');
INSERT INTO public.runs VALUES (18, 'lm-eval 2026-11-22T10-00-04.000000', 'lm-eval', NULL, 'lm-eval', '/tmp/avocet-results/cases/lm-eval/no-reference/lm-eval 2026-11-22T10-00-04.000000.*', NULL, '2026-11-22T10:00:04', 'imported', 3, 3, 0, 0, 0, 0, 0, 0, 1364, 1364, '2026-11-30T00:12:26.069929Z', '2026-11-30T00:12:26.104154Z', NULL, '2026-11-22T10-00-04.000000', '[{"name":"samples_humaneval_2026-11-22T10-00-04.000000.jsonl","bytes":448,"sha256":"5129b7c769e224862920843f2dcc00cae7bd6e165de2bdd2261cd4c16cd4900f"},{"name":"samples_ifeval_2026-11-22T10-00-04.000000.jsonl","bytes":474,"sha256":"442c48d4422341201d20ec5d8f037b8a93aa3df2716f2557fa26d17052259892"},{"name":"samples_truthfulqa_gen_2026-11-22T10-00-04.000000.jsonl","bytes":442,"sha256":"f3958bbadd5c976286b6e87c1d08e081bb300aaeda429ce77b2f9d82fc234f9e"}]', '{}', NULL);
INSERT INTO public.runs VALUES (21, 'turns-as-answer', 'generic', NULL, 'generic', '/tmp/avocet-results/cases/generic/turns-as-answer.jsonl', '0677359c5bb8814ba18e69817a5cdaa93def6b24b41bf32b32a27fc19b941e33', '2026-11-30T00:04:33Z', 'imported', 2, 2, 0, 0, 0, 0, 0, 0, 571, 571, '2026-11-30T00:12:26.246197Z', '2026-11-30T00:12:26.276159Z', NULL, NULL, '[{"name":"turns-as-answer.jsonl","bytes":571,"sha256":"0677359c5bb8814ba18e69817a5cdaa93def6b24b41bf32b32a27fc19b941e33"}]', '{"mapping":{"prompt":"prompt","response":"completion","reference":"answer","score":"reward","id":"example_id"}}', '{"The file names no model.":2}');
INSERT INTO public.runs VALUES (19, 'gsm 2026-11-22T10-00-05.000000', 'lm-eval', NULL, 'lm-eval', '/tmp/avocet-results/cases/lm-eval/no-results/parent/gsm/samples_gsm_2026-11-22T10-00-05.000000.jsonl', '3e4ec56fbc652807e56546a4c67bcba5b49d1f1420bcc49462a0c4fd81031282', '2026-11-22T10:00:05', 'imported', 1, 1, 0, 0, 0, 0, 0, 0, 313, 313, '2026-11-30T00:12:26.147631Z', '2026-11-30T00:12:26.167395Z', NULL, '2026-11-22T10-00-05.000000', '[{"name":"gsm/samples_gsm_2026-11-22T10-00-05.000000.jsonl","bytes":313,"sha256":"3e4ec56fbc652807e56546a4c67bcba5b49d1f1420bcc49462a0c4fd81031282"}]', '{}', NULL);
INSERT INTO public.runs VALUES (20, 'lm-eval 2026-11-22T10-00-06.000000', 'lm-eval', NULL, 'lm-eval', '/tmp/avocet-results/cases/lm-eval/unscored/samples_tagging_2026-11-22T10-00-06.000000.jsonl', '404e12eca73cdf846466e23eeeb1310d1847fb9bcbb5bd60505899453267b356', '2026-11-22T10:00:06', 'imported', 3, 0, 0, 0, 0, 0, 3, 0, 948, 948, '2026-11-30T00:12:26.199631Z', '2026-11-30T00:12:26.216175Z', NULL, '2026-11-22T10-00-06.000000', '[{"name":"samples_tagging_2026-11-22T10-00-06.000000.jsonl","bytes":948,"sha256":"404e12eca73cdf846466e23eeeb1310d1847fb9bcbb5bd60505899453267b356"}]', '{}', NULL);
INSERT INTO public.runs VALUES (22, 'ends-with-user', 'generic', NULL, 'generic', '/tmp/avocet-results/cases/generic/ends-with-user.json', '7efb89563971721d021be552b5d5f907bb1780b171f26e9e24066982cf222b85', '2026-11-30T00:04:33Z', 'imported', 3, 0, 0, 2, 1, 0, 0, 0, 554, 554, '2026-11-30T00:12:26.306816Z', '2026-11-30T00:12:26.338568Z', NULL, NULL, '[{"name":"ends-with-user.json","bytes":554,"sha256":"7efb89563971721d021be552b5d5f907bb1780b171f26e9e24066982cf222b85"}]', '{"mapping":{"messages":"traj","score":"reward","id":"task_id"}}', '{"The file names no model.":1}');
INSERT INTO public.runs VALUES (27, 'unnumbered', 'promptfoo', NULL, 'promptfoo', '/tmp/avocet-results/cases/promptfoo/unnumbered.json', 'ef4bdac4e8b87a3ddf2beed121075690657b80145eb34c0495c92dad2e844613', '2026-11-22T00:00:00.000Z', 'imported', 4, 2, 2, 0, 0, 0, 0, 0, 3650, 3650, '2026-11-30T00:12:26.614072Z', '2026-11-30T00:12:26.644683Z', NULL, NULL, '[{"name":"unnumbered.json","bytes":3650,"sha256":"ef4bdac4e8b87a3ddf2beed121075690657b80145eb34c0495c92dad2e844613"}]', '{}', NULL);
INSERT INTO public.runs VALUES (24, 'turns', 'generic', NULL, 'generic', '/tmp/avocet-results/cases/generic/turns.jsonl', '5c6a2da7a795face9bb0f456c649cacbfda090ccf25d837552e2989217623f96', '2026-11-30T00:04:34Z', 'imported', 2, 2, 0, 0, 0, 0, 0, 0, 294, 294, '2026-11-30T00:12:26.421100Z', '2026-11-30T00:12:26.460106Z', NULL, NULL, '[{"name":"turns.jsonl","bytes":294,"sha256":"5c6a2da7a795face9bb0f456c649cacbfda090ccf25d837552e2989217623f96"}]', '{"mapping":{"messages":"turns","passed":"ok"}}', '{"The file names no model.":2}');
INSERT INTO public.runs VALUES (25, 'turns-2', 'ragas', NULL, 'ragas', '/tmp/avocet-results/cases/ragas/turns.jsonl', 'dc9f63d6e068e38a73eb19b414f08f335d3893a7640ab5f70df801b69e973259', '2026-11-30T00:04:34Z', 'imported', 3, 3, 0, 0, 0, 0, 0, 0, 561, 561, '2026-11-30T00:12:26.479290Z', '2026-11-30T00:12:26.505000Z', NULL, NULL, '[{"name":"turns.jsonl","bytes":561,"sha256":"dc9f63d6e068e38a73eb19b414f08f335d3893a7640ab5f70df801b69e973259"}]', '{"metric":"goal_accuracy","threshold":0.5}', '{"The file names no model.":3}');
INSERT INTO public.runs VALUES (26, 'criteria', 'promptfoo', NULL, 'promptfoo', '/tmp/avocet-results/cases/promptfoo/criteria.json', '4fb198165a3d11e78fe18194c640f327bff7352881b809896ad7eb0b6465e5a1', '2026-11-22T00:00:00.000Z', 'imported', 4, 4, 0, 0, 0, 0, 0, 0, 3823, 3823, '2026-11-30T00:12:26.542080Z', '2026-11-30T00:12:26.575905Z', NULL, 'eval-1', '[{"name":"criteria.json","bytes":3823,"sha256":"4fb198165a3d11e78fe18194c640f327bff7352881b809896ad7eb0b6465e5a1"}]', '{}', NULL);
INSERT INTO public.runs VALUES (28, 'test_run_20261122_100000', 'deepeval', NULL, 'deepeval', '/tmp/avocet-results/cases/deepeval/test_run_20261122_100000.json', '3acfcb9ebfc27dcca6aa29711ea1e6cbd80993a545c21918b6ea70231fcc6ff6', '2026-11-22T10:00:00', 'imported', 4, 4, 0, 0, 0, 0, 0, 0, 1574, 1574, '2026-11-30T00:12:26.681228Z', '2026-11-30T00:12:26.717231Z', NULL, 'test_run_20261122_100000', '[{"name":"test_run_20261122_100000.json","bytes":1574,"sha256":"3acfcb9ebfc27dcca6aa29711ea1e6cbd80993a545c21918b6ea70231fcc6ff6"}]', '{}', '{"The verdict is on the whole conversation; its last assistant turn stands as the response.":1}');
INSERT INTO public.runs VALUES (29, 'mock-chat 2026-11-22T22-01-39.875704', 'lm-eval', '0.4.13', 'lm-eval', '/tmp/avocet-results/samples/lm-eval/0.4.13/mock-chat/mock-chat 2026-11-22T22-01-39.875704.*', NULL, '2026-11-22T22:01:29Z', 'imported', 8, 6, 0, 0, 2, 0, 0, 0, 9820, 9820, '2026-11-30T00:12:26.757897Z', '2026-11-30T00:12:26.784009Z', NULL, '2026-11-22T22-01-39.875704', '[{"name":"samples_aliases_2026-11-22T22-01-39.875704.jsonl","bytes":3712,"sha256":"750abc8edce01e29171cf760940dd5ee61732cf0b63ceee3991d540d012468ec"},{"name":"samples_capitals_2026-11-22T22-01-39.875704.jsonl","bytes":6108,"sha256":"1278b05a8df67a47e9fb119a36c7c9bbbdab0c83c0f4fcb8b23e51f48465039a"}]', '{}', '{"A row of another filter was put with the item of the same document.":4}');
INSERT INTO public.runs VALUES (30, 'mock-chat 2026-11-22T22-02-45.145988', 'lm-eval', '0.4.13', 'lm-eval', '/tmp/avocet-results/samples/lm-eval/0.4.13/mock-chat/samples_capitals_2026-11-22T22-02-45.145988.jsonl', '03cf5f1ac5ec8c4d78ad1cd165646b8193445ee3feef2fdd7d52602c52219703', '2026-11-22T22:02:25Z', 'imported', 4, 0, 0, 0, 0, 0, 4, 0, 5572, 5572, '2026-11-30T00:12:26.804500Z', '2026-11-30T00:12:26.819682Z', NULL, '2026-11-22T22-02-45.145988', '[{"name":"samples_capitals_2026-11-22T22-02-45.145988.jsonl","bytes":5572,"sha256":"03cf5f1ac5ec8c4d78ad1cd165646b8193445ee3feef2fdd7d52602c52219703"}]', '{}', '{"A row of another filter was put with the item of the same document.":4}');
INSERT INTO public.runs VALUES (35, 'healthbench_mock-model_20261122_222301_allresults', 'simple-evals', NULL, 'simple-evals', '/tmp/avocet-results/samples/simple-evals/healthbench_mock-model_20261122_222301_allresults.json', 'aaf4edf74480aa1b268467ee32798c687632f2998c89965844ce691cec75aa1a', '2026-11-22T22:23:01', 'imported', 3, 2, 0, 0, 1, 0, 0, 0, 8462, 8462, '2026-11-30T00:12:27.462027Z', '2026-11-30T00:12:27.489592Z', NULL, 'healthbench_mock-model_20261122_222301', '[{"name":"healthbench_mock-model_20261122_222301_allresults.json","bytes":8462,"sha256":"aaf4edf74480aa1b268467ee32798c687632f2998c89965844ce691cec75aa1a"}]', '{}', NULL);
INSERT INTO public.runs VALUES (31, 'tiny 2026-11-22T22-06-06.494889', 'lm-eval', NULL, 'lm-eval', '/tmp/avocet-results/samples/lm-eval/0.4.4/org__tiny/tiny 2026-11-22T22-06-06.494889.*', NULL, '2026-11-22T22:06:04Z', 'imported', 11, 9, 0, 0, 2, 0, 0, 0, 10267, 10267, '2026-11-30T00:12:26.863862Z', '2026-11-30T00:12:26.897093Z', NULL, '2026-11-22T22-06-06.494889', '[{"name":"samples_aliases_2026-11-22T22-06-06.494889.jsonl","bytes":2715,"sha256":"bec4ad5a55d2489b1c0231c7bf94773edb91a99ef630d4dfc5fddad2142f36c2"},{"name":"samples_capitals_2026-11-22T22-06-06.494889.jsonl","bytes":4828,"sha256":"d762a519969bace865e1639370c8d941a4d70a14660bd4e9be1d498c40e92f4d"},{"name":"samples_planets_2026-11-22T22-06-06.494889.jsonl","bytes":2724,"sha256":"d790fce5a3cdddf146d1ef4dbdf77e85efc48c00e24c66882b5848ae747d5c74"}]', '{}', '{"A row of another filter was put with the item of the same document.":4}');
INSERT INTO public.runs VALUES (34, 'tiny_2024-11-05T10-20-30.123456', 'lighteval', NULL, 'lighteval', '/tmp/avocet-results/samples/lighteval/0.6-text/details/org/tiny/2024-11-05T10-20-30.123456/tiny_2024-11-05T10-20-30.123456.*', NULL, '2024-11-05T10:20:30.123456', 'imported', 6, 4, 0, 0, 1, 0, 1, 0, 11260, 11260, '2026-11-30T00:12:27.387984Z', '2026-11-30T00:12:27.424474Z', NULL, '2024-11-05T10-20-30.123456', '[{"name":"details/org/tiny/2024-11-05T10-20-30.123456/details_leaderboard-desk-gen-1_2024-11-05T10-20-30.123456.parquet","bytes":5575,"sha256":"8487c311916576f5fe81c050d6ef5aa499377b1faa529520baa42d2eeef662df"},{"name":"details/org/tiny/2024-11-05T10-20-30.123456/details_leaderboard-desk-mc-0_2024-11-05T10-20-30.123456.parquet","bytes":5685,"sha256":"1a0872ac93b03cd71230c998165087e3d5adf454c1c93f00bea39e875919306c"}]', '{}', '{"Multiple choice: the answer shown is the choice that the model found likeliest.":1}');
INSERT INTO public.runs VALUES (32, 'pretrained__org__tiny', 'lm-eval', NULL, 'lm-eval', '/tmp/avocet-results/samples/lm-eval/0.4.2/pretrained__org__tiny.*', NULL, '2026-11-22T22:05:14Z', 'imported', 11, 9, 0, 0, 2, 0, 0, 0, 9704, 9704, '2026-11-30T00:12:26.945344Z', '2026-11-30T00:12:26.977347Z', NULL, NULL, '[{"name":"pretrained__org__tiny_aliases.jsonl","bytes":2537,"sha256":"afc67cd52220940f35e15153487c48494b5702dda91cf5e2b700d6a29b6eccbe"},{"name":"pretrained__org__tiny_capitals.jsonl","bytes":4198,"sha256":"3fb17fb0618e2b989489194a0d739431e2e6e2d55a73cdc9461c0d0837294cbc"},{"name":"pretrained__org__tiny_planets.jsonl","bytes":2969,"sha256":"637db4c3b7ac85b5eebdb41fb9405559cbfb63ec74f91cc7586960b12fb153a3"}]', '{}', '{"A row of another filter was put with the item of the same document.":4}');
INSERT INTO public.runs VALUES (33, 'dummy_2026-11-22T21-53-46.866301', 'lighteval', NULL, 'lighteval', '/tmp/avocet-results/samples/lighteval/0.9.2/details/dummy/2026-11-22T21-53-46.866301/dummy_2026-11-22T21-53-46.866301.*', NULL, '2026-11-22T21:53:46.866301', 'imported', 6, 5, 0, 0, 1, 0, 0, 0, 25223, 25223, '2026-11-30T00:12:27.305426Z', '2026-11-30T00:12:27.338521Z', NULL, '2026-11-22T21-53-46.866301', '[{"name":"details/dummy/2026-11-22T21-53-46.866301/details_community-desk-gen-1_2026-11-22T21-53-46.866301.parquet","bytes":10596,"sha256":"e63829da1c1a4e646c97928713f36eac0ce9233e285ed056535303be085f3530"},{"name":"details/dummy/2026-11-22T21-53-46.866301/details_community-desk-mc-0_2026-11-22T21-53-46.866301.parquet","bytes":9987,"sha256":"be5c9ae428cb306eef6d952a39a5b02a8f12929de1e0df986687387f873c4360"},{"name":"results/dummy/results_2026-11-22T21-53-46.866301.json","bytes":4640,"sha256":"d1ab1032ea8604feaf172afc88b2ccacddf88c57f4bcd8af526f72adfbc94f23"}]', '{}', '{"Multiple choice: the answer shown is the choice that the model found likeliest.":2}');
INSERT INTO public.runs VALUES (36, 'humaneval_mock-model_20261122_222301_DEBUG_allresults', 'simple-evals', NULL, 'simple-evals', '/tmp/avocet-results/samples/simple-evals/humaneval_mock-model_20261122_222301_DEBUG_allresults.json', '73642458c35bbd61039b2012d92f40f33ff635acc6898c72cd0ce3df048c8f44', '2026-11-22T22:23:01', 'imported', 1, 1, 0, 0, 0, 0, 0, 0, 1356, 1356, '2026-11-30T00:12:27.514525Z', '2026-11-30T00:12:27.542042Z', NULL, 'humaneval_mock-model_20261122_222301_DEBUG', '[{"name":"humaneval_mock-model_20261122_222301_DEBUG_allresults.json","bytes":1356,"sha256":"73642458c35bbd61039b2012d92f40f33ff635acc6898c72cd0ce3df048c8f44"}]', '{}', NULL);
INSERT INTO public.runs VALUES (37, 'simpleqa_mock-model_20261122_222301_allresults', 'simple-evals', NULL, 'simple-evals', '/tmp/avocet-results/samples/simple-evals/simpleqa_mock-model_20261122_222301_allresults.json', '3a2b25746d8f384970b4f136fa205036a48c28b2367d407facc78c68ced5271f', '2026-11-22T22:23:01', 'imported', 3, 2, 0, 0, 1, 0, 0, 0, 3462, 3462, '2026-11-30T00:12:27.565599Z', '2026-11-30T00:12:27.592710Z', NULL, 'simpleqa_mock-model_20261122_222301', '[{"name":"simpleqa_mock-model_20261122_222301_allresults.json","bytes":3462,"sha256":"3a2b25746d8f384970b4f136fa205036a48c28b2367d407facc78c68ced5271f"}]', '{}', NULL);
INSERT INTO public.runs VALUES (38, 'capitals-fuzzy', 'openai-evals', NULL, 'openai-evals', '/tmp/avocet-results/samples/openai-evals/capitals-fuzzy.jsonl', '9e00404f83df675f413bd3bfedc9485410fc579dbbb095be7024080dc6a56534', '2026-11-22T22:27:46.382057', 'imported', 3, 1, 0, 0, 2, 0, 0, 0, 3574, 3574, '2026-11-30T00:12:27.623685Z', '2026-11-30T00:12:27.644357Z', NULL, '261122222746FZH7DD4H', '[{"name":"capitals-fuzzy.jsonl","bytes":3574,"sha256":"9e00404f83df675f413bd3bfedc9485410fc579dbbb095be7024080dc6a56534"}]', '{}', NULL);
INSERT INTO public.runs VALUES (40, 'capitals', 'openai-evals', NULL, 'openai-evals', '/tmp/avocet-results/samples/openai-evals/capitals.jsonl', 'ebd17d725fc83d8c2398903ae140bf2e09ada5a101aefc4bf78eb763fa0cc0c2', '2026-11-22T22:27:43.188325', 'imported', 3, 2, 0, 0, 1, 0, 0, 0, 2968, 2968, '2026-11-30T00:12:27.704837Z', '2026-11-30T00:12:27.726674Z', NULL, '261122222743ONU4NIXL', '[{"name":"capitals.jsonl","bytes":2968,"sha256":"ebd17d725fc83d8c2398903ae140bf2e09ada5a101aefc4bf78eb763fa0cc0c2"}]', '{}', NULL);
INSERT INTO public.runs VALUES (41, 'arithmetic-0.3.100', 'inspect', '0.3.100', 'inspect', '/tmp/avocet-results/samples/inspect/arithmetic-0.3.100.eval', '78b62be8a6976f540ce0c479e85466f35d782e22a913f12401d5079e9d5880f9', '2026-11-22T22:04:48+00:00', 'imported', 6, 2, 0, 0, 4, 0, 0, 0, 16370, 16370, '2026-11-30T00:12:27.750058Z', '2026-11-30T00:12:27.777937Z', NULL, 'nXh7RKCLvxskJcTtiyrMoa-Q83Xf25C5oy8L8K6nQBDGQ', '[{"name":"arithmetic-0.3.100.eval","bytes":16370,"sha256":"78b62be8a6976f540ce0c479e85466f35d782e22a913f12401d5079e9d5880f9"}]', '{}', NULL);
INSERT INTO public.runs VALUES (42, 'tooluse-0.3.100', 'inspect', '0.3.100', 'inspect', '/tmp/avocet-results/samples/inspect/tooluse-0.3.100.eval', 'd3ceba3119184f860b8730d311e8801d29331b42b7df02e619add03b51e05186', '2026-11-22T22:04:49+00:00', 'imported', 3, 2, 0, 1, 0, 0, 0, 0, 11397, 11397, '2026-11-30T00:12:27.803999Z', '2026-11-30T00:12:27.835505Z', NULL, 'FFufnUqxhZcGemgUNKmjbV-drUDPHEfL9SzRr76HCq3gC', '[{"name":"tooluse-0.3.100.eval","bytes":11397,"sha256":"d3ceba3119184f860b8730d311e8801d29331b42b7df02e619add03b51e05186"}]', '{}', NULL);
INSERT INTO public.runs VALUES (46, 'test_run_20261122_221328', 'deepeval', NULL, 'deepeval', '/tmp/avocet-results/samples/deepeval/test_run_20261122_221328.json', '6fc482a48999b3cc85fd0ebcb8340a9cfafb5b329538534258a61f109ec7a979', '2026-11-22T22:13:28', 'imported', 2, 1, 0, 0, 1, 0, 0, 0, 1499, 1499, '2026-11-30T00:12:27.984380Z', '2026-11-30T00:12:28.001276Z', NULL, 'test_run_20261122_221328', '[{"name":"test_run_20261122_221328.json","bytes":1499,"sha256":"6fc482a48999b3cc85fd0ebcb8340a9cfafb5b329538534258a61f109ec7a979"}]', '{}', '{"The verdict is on the whole conversation; its last assistant turn stands as the response.":1}');
INSERT INTO public.runs VALUES (43, 'capitals-2', 'promptfoo', NULL, 'promptfoo', '/tmp/avocet-results/samples/promptfoo/capitals.jsonl', 'b358b71e7acb48db36b13aaa889081315d37acb439d762d7da54a61fcc2f608f', '2026-11-29T23:39:41Z', 'imported', 10, 6, 0, 0, 2, 2, 0, 0, 16209, 16209, '2026-11-30T00:12:27.863868Z', '2026-11-30T00:12:27.892165Z', NULL, NULL, '[{"name":"capitals.jsonl","bytes":16209,"sha256":"b358b71e7acb48db36b13aaa889081315d37acb439d762d7da54a61fcc2f608f"}]', '{}', NULL);
INSERT INTO public.runs VALUES (44, 'latest_test_run', 'deepeval', NULL, 'deepeval', '/tmp/avocet-results/samples/deepeval/latest_test_run.json', '0501e73111fc32fc258f60a73d7c8da60b9cea16e39c09cebe5e1b0394086785', '2026-11-29T23:39:41Z', 'imported', 2, 1, 0, 0, 1, 0, 0, 0, 1537, 1537, '2026-11-30T00:12:27.916765Z', '2026-11-30T00:12:27.930602Z', NULL, NULL, '[{"name":"latest_test_run.json","bytes":1537,"sha256":"0501e73111fc32fc258f60a73d7c8da60b9cea16e39c09cebe5e1b0394086785"}]', '{}', '{"The verdict is on the whole conversation; its last assistant turn stands as the response.":1}');
INSERT INTO public.runs VALUES (51, 'sent', 'cf-orch', NULL, 'cf-orch', 'upload:sent.jsonl', '99133d3e12080bedf1fa59323788143e7ea6f2e73c47b8ab3dc2f6faab5a9b1e', '2026-11-30T00:12:30Z', 'imported', 13, 13, 0, 0, 0, 0, 0, 0, 4353, 4353, '2026-11-30T00:12:30.691668Z', '2026-11-30T00:12:30.775669Z', NULL, NULL, '[{"name":"sent.jsonl","bytes":4353,"sha256":"99133d3e12080bedf1fa59323788143e7ea6f2e73c47b8ab3dc2f6faab5a9b1e"}]', '{}', NULL);
INSERT INTO public.runs VALUES (45, 'test_run_20261122_221321', 'deepeval', NULL, 'deepeval', '/tmp/avocet-results/samples/deepeval/test_run_20261122_221321.json', '0db76c81170c12c1b0ed7fcc2d4a1db34c18fa3f169a88dcc81d67a721fffec0', '2026-11-22T22:13:21', 'imported', 5, 4, 0, 0, 1, 0, 0, 0, 3603, 3603, '2026-11-30T00:12:27.947519Z', '2026-11-30T00:12:27.968200Z', NULL, 'test_run_20261122_221321', '[{"name":"test_run_20261122_221321.json","bytes":3603,"sha256":"0db76c81170c12c1b0ed7fcc2d4a1db34c18fa3f169a88dcc81d67a721fffec0"}]', '{}', '{"DeepEval keeps the bare input; what was retrieved for it is in the details, not in the prompt.":1}');
INSERT INTO public.runs VALUES (49, 'script', 'generic', NULL, 'generic', '/tmp/avocet-results/samples/generic/script.jsonl', '2170d8f6bce362519b0bdfe85eccc0619cf2f65fc1f340a73223fa4b0b025bbe', '2026-11-29T23:39:41Z', 'imported', 5, 2, 0, 1, 1, 0, 1, 0, 885, 885, '2026-11-30T00:12:28.125732Z', '2026-11-30T00:12:28.144946Z', NULL, NULL, '[{"name":"script.jsonl","bytes":885,"sha256":"2170d8f6bce362519b0bdfe85eccc0619cf2f65fc1f340a73223fa4b0b025bbe"}]', '{"threshold":0.5,"mapping":{"prompt":"question","response":"prediction","reference":"answer","score":"score","model":"model","task":"category","id":"meta.id","timestamp":"meta.at"}}', NULL);
INSERT INTO public.runs VALUES (47, 'multi', 'ragas', NULL, 'ragas', '/tmp/avocet-results/samples/ragas/multi.csv', 'bca53ef8082b5646d28027539360418c26c0b15d81b5169666079a75fa69005b', '2026-11-29T23:39:41Z', 'imported', 2, 1, 0, 0, 1, 0, 0, 0, 564, 564, '2026-11-30T00:12:28.016793Z', '2026-11-30T00:12:28.044200Z', NULL, NULL, '[{"name":"multi.csv","bytes":564,"sha256":"bca53ef8082b5646d28027539360418c26c0b15d81b5169666079a75fa69005b"}]', '{"threshold":0.5}', '{"The file names no model.":2}');
INSERT INTO public.runs VALUES (50, 'answers', 'generic', NULL, 'generic', '/tmp/avocet-results/samples/generic/answers.parquet', '148d8d039986d34f1f264113f1a5df70fb9dce1ad50b8e5c82072821af5d5d4d', '2026-11-29T23:39:41Z', 'imported', 3, 2, 0, 0, 1, 0, 0, 0, 3841, 3841, '2026-11-30T00:12:28.285729Z', '2026-11-30T00:12:28.333381Z', NULL, NULL, '[{"name":"answers.parquet","bytes":3841,"sha256":"148d8d039986d34f1f264113f1a5df70fb9dce1ad50b8e5c82072821af5d5d4d"}]', '{"mapping":{"messages":"turns","response":"output","passed":"correct","reference":"gold","timestamp":"when"}}', '{"The file names no model.":3}');
INSERT INTO public.runs VALUES (48, 'single', 'ragas', NULL, 'ragas', '/tmp/avocet-results/samples/ragas/single.json', 'c2f78404da11c75486c5aa4b6c45257203243bf93ce247c5ccc8b7379c189583', '2026-11-29T23:39:41Z', 'imported', 4, 3, 0, 0, 1, 0, 0, 0, 818, 818, '2026-11-30T00:12:28.061383Z', '2026-11-30T00:12:28.094942Z', NULL, NULL, '[{"name":"single.json","bytes":818,"sha256":"c2f78404da11c75486c5aa4b6c45257203243bf93ce247c5ccc8b7379c189583"}]', '{"threshold":0.5}', '{"The file names no model.":4,"What was retrieved is kept in the details: ragas does not say how the model got to see it.":2}');
INSERT INTO public.runs VALUES (52, 'ingest-chat', 'ingest', NULL, 'chat', NULL, NULL, '2026-11-30T00:12:31.019861Z', 'imported', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '2026-11-30T00:12:31.019903Z', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.runs VALUES (2, 'taken-back', 'cf-orch', NULL, 'cf-orch', '/tmp/avocet-results/cases/lines/taken-back/sft_candidates.jsonl', 'bf756d76dd92c797cdbfe3bdc1d2e1881d381c01d7aff74d3eed3651c5f6a8cc', '2026-11-30T00:04:34Z', 'imported', 4, 4, 0, 0, 0, 0, 0, 0, 1028, 1028, '2026-11-30T00:12:24.991466Z', '2026-11-30T00:12:25.012190Z', '2026-11-30T00:12:31.548624Z', NULL, '[{"name":"sft_candidates.jsonl","bytes":1028,"sha256":"bf756d76dd92c797cdbfe3bdc1d2e1881d381c01d7aff74d3eed3651c5f6a8cc"}]', '{}', NULL);


--
-- Data for Name: settings; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.settings VALUES ('search_indexed', '183');
INSERT INTO public.settings VALUES ('bench_results_dir', '/tmp/avocet-results/cases/lines');


--
-- Name: candidates_seq_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.candidates_seq_seq', 183, true);


--
-- Name: decisions_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.decisions_id_seq', 90, true);


--
-- Name: exports_pk_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.exports_pk_seq', 2, true);


--
-- Name: rejected_lines_0002_pk_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.rejected_lines_0002_pk_seq', 7, true);


--
-- Name: removals_pk_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.removals_pk_seq', 3, true);


--
-- Name: runs_pk_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.runs_pk_seq', 52, true);


--
-- Name: alembic_version alembic_version_pkc; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);


--
-- Name: candidate_search candidate_search_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.candidate_search
    ADD CONSTRAINT candidate_search_pkey PRIMARY KEY (candidate_seq);


--
-- Name: candidates candidates_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.candidates
    ADD CONSTRAINT candidates_id_key UNIQUE (id);


--
-- Name: candidates candidates_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.candidates
    ADD CONSTRAINT candidates_pkey PRIMARY KEY (seq);


--
-- Name: counters counters_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.counters
    ADD CONSTRAINT counters_pkey PRIMARY KEY (run_pk, model_name, task_type, status, failure_category);


--
-- Name: decisions decisions_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.decisions
    ADD CONSTRAINT decisions_pkey PRIMARY KEY (id);


--
-- Name: exports exports_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.exports
    ADD CONSTRAINT exports_pkey PRIMARY KEY (pk);


--
-- Name: mappings mappings_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mappings
    ADD CONSTRAINT mappings_pkey PRIMARY KEY (name);


--
-- Name: recipes recipes_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.recipes
    ADD CONSTRAINT recipes_pkey PRIMARY KEY (name);


--
-- Name: rejected_lines rejected_lines_0002_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.rejected_lines
    ADD CONSTRAINT rejected_lines_0002_pkey PRIMARY KEY (pk);


--
-- Name: removals removals_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.removals
    ADD CONSTRAINT removals_pkey PRIMARY KEY (pk);


--
-- Name: run_totals run_totals_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.run_totals
    ADD CONSTRAINT run_totals_pkey PRIMARY KEY (run_pk, model_name, task_type);


--
-- Name: runs runs_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.runs
    ADD CONSTRAINT runs_pkey PRIMARY KEY (pk);


--
-- Name: runs runs_run_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.runs
    ADD CONSTRAINT runs_run_id_key UNIQUE (run_id);


--
-- Name: settings settings_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.settings
    ADD CONSTRAINT settings_pkey PRIMARY KEY (key);


--
-- Name: ix_candidate_search; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_candidate_search ON public.candidate_search USING gin (document);


--
-- Name: ix_candidates_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_candidates_like ON public.candidates USING btree (like_hash);


--
-- Name: ix_candidates_model; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_candidates_model ON public.candidates USING btree (status, model_name, seq);


--
-- Name: ix_candidates_prompt; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_candidates_prompt ON public.candidates USING btree (status, text_hash, seq);


--
-- Name: ix_candidates_run; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_candidates_run ON public.candidates USING btree (run_pk, status, seq);


--
-- Name: ix_candidates_score; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_candidates_score ON public.candidates USING btree (status, COALESCE(quality_score, (2.0)::double precision), seq);


--
-- Name: ix_candidates_status; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_candidates_status ON public.candidates USING btree (status, seq);


--
-- Name: ix_candidates_task; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_candidates_task ON public.candidates USING btree (status, task_type, seq);


--
-- Name: ix_decisions_at; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_decisions_at ON public.decisions USING btree (at);


--
-- Name: ix_decisions_batch; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_decisions_batch ON public.decisions USING btree (batch_id);


--
-- Name: ix_decisions_candidate; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_decisions_candidate ON public.decisions USING btree (candidate_seq, id);


--
-- Name: ix_decisions_reviewer; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_decisions_reviewer ON public.decisions USING btree (reviewer, id);


--
-- Name: ix_rejected_lines_run_pk; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_rejected_lines_run_pk ON public.rejected_lines USING btree (run_pk);


--
-- Name: ix_removals_run_pk; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_removals_run_pk ON public.removals USING btree (run_pk);


--
-- Name: ix_runs_harness_run_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_runs_harness_run_id ON public.runs USING btree (harness_run_id);


--
-- Name: ix_runs_path; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_runs_path ON public.runs USING btree (path);


--
-- Name: candidate_search candidate_search_candidate_seq_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.candidate_search
    ADD CONSTRAINT candidate_search_candidate_seq_fkey FOREIGN KEY (candidate_seq) REFERENCES public.candidates(seq);


--
-- Name: candidates candidates_run_pk_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.candidates
    ADD CONSTRAINT candidates_run_pk_fkey FOREIGN KEY (run_pk) REFERENCES public.runs(pk);


--
-- Name: counters counters_run_pk_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.counters
    ADD CONSTRAINT counters_run_pk_fkey FOREIGN KEY (run_pk) REFERENCES public.runs(pk);


--
-- Name: decisions decisions_candidate_seq_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.decisions
    ADD CONSTRAINT decisions_candidate_seq_fkey FOREIGN KEY (candidate_seq) REFERENCES public.candidates(seq);


--
-- Name: rejected_lines rejected_lines_0002_run_pk_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.rejected_lines
    ADD CONSTRAINT rejected_lines_0002_run_pk_fkey FOREIGN KEY (run_pk) REFERENCES public.runs(pk);


--
-- Name: removals removals_run_pk_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.removals
    ADD CONSTRAINT removals_run_pk_fkey FOREIGN KEY (run_pk) REFERENCES public.runs(pk);


--
-- Name: run_totals run_totals_run_pk_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.run_totals
    ADD CONSTRAINT run_totals_run_pk_fkey FOREIGN KEY (run_pk) REFERENCES public.runs(pk);


--
-- PostgreSQL database dump complete
--


