"""群众的网址: which pages does anybody see, signed in or not?"""

from django.urls import path

from onewindow.web.views import granted, home, outbox, rate, register, rules, verify
from onewindow.web.views.apply import begin, finish, papers, steps
from onewindow.web.views.my import cases, people, privacy
from onewindow.web.views.track import ask, case, correct

urlpatterns = [
    path("", home.home, name="home"),
    path("track/", ask.ask, name="track"),
    path("track/<str:number>/", case.page, name="track_case"),
    path("track/<str:number>/letters/<int:letter>/", case.letter, name="track_letter"),
    path("track/<str:number>/questions/<int:question>/", case.answer, name="track_answer"),
    path("track/<str:number>/correct/", correct.correct, name="track_correct"),
    path("track/<str:number>/result/", case.fetch, name="track_fetch"),
    path("track/<str:number>/letters/<int:letter>/take/", case.take, name="track_take"),
    path("track/<str:number>/withdraw/", case.take_back, name="track_withdraw"),
    path("rate/<str:number>/", rate.rate, name="rate"),
    path("verify/", verify.ask, name="verify"),
    path("verify/root.pem", verify.root, name="verify_root"),
    path("verify/<str:code>/", verify.code, name="verify_code"),
    path("rules/", rules.rules, name="rules"),
    path("rules/compare/", rules.compare, name="rules_compare"),
    path("rules/text/<str:source>/", rules.text, name="rules_text"),
    path("rules/text/<str:source>/raw/", rules.raw, name="rules_raw"),
    path("apply/draft/<uuid:once>/", begin.go_on, name="apply_draft"),
    path("apply/draft/<uuid:once>/situation/", steps.situation, name="apply_situation"),
    path("apply/draft/<uuid:once>/form/", steps.form, name="apply_form"),
    path("apply/draft/<uuid:once>/save/", steps.save, name="apply_save"),
    path("apply/draft/<uuid:once>/papers/", papers.papers, name="apply_papers"),
    path("apply/draft/<uuid:once>/papers/<int:material>/add/", papers.attach, name="apply_attach"),
    path("apply/draft/<uuid:once>/papers/<int:material>/reuse/", papers.reuse, name="apply_reuse"),
    path("apply/draft/<uuid:once>/files/<int:submitted>/", papers.look, name="apply_look"),
    path("apply/draft/<uuid:once>/files/<int:submitted>/remove/", papers.detach, name="apply_detach"),
    path("apply/draft/<uuid:once>/review/", finish.review, name="apply_review"),
    path("apply/draft/<uuid:once>/done/", finish.done, name="apply_done"),
    path("apply/draft/<uuid:once>/discard/", finish.discard, name="apply_discard"),
    path("apply/<str:address>/", begin.begin, name="apply"),
    path("register/", register.phone, name="register"),
    path("register/paper/", register.paper, name="register_paper"),
    path("my/", cases.home, name="my"),
    path("my/messages/", cases.messages, name="my_messages"),
    path("my/messages/read/", cases.read, name="my_messages_read"),
    path("my/papers/", cases.papers, name="my_papers"),
    path("my/people/", people.people, name="my_people"),
    path("my/people/ward/", people.ward, name="my_ward"),
    path("my/people/firm/", people.firm, name="my_firm"),
    path("my/privacy/", privacy.privacy, name="my_privacy"),
    path("my/privacy/contact/", privacy.contact, name="my_contact"),
    path("my/privacy/consent/", privacy.consent, name="my_consent"),
    path("my/privacy/copy/", privacy.download, name="my_copy"),
    path("my/privacy/erase/", privacy.erase, name="my_erase"),
    path("outbox/", outbox.outbox, name="outbox"),
    path("gateway/receipts/", outbox.receipt, name="gateway_receipts"),
    path("public/granted/", granted.granted, name="public_granted"),
]
