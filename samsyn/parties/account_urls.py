"""Signing in and out, second factors, one's own sessions."""

from django.urls import include, path

urlpatterns = [path("", include("allauth.urls"))]
